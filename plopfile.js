import { fileURLToPath } from 'node:url';

import * as plopModule from 'plop';

// Our report says what happened; on a terminal that tells no width plop's spinner would never end. Its types leave it out.
const { progressSpinner } = /** @type {{ progressSpinner: object }} */ (/** @type {unknown} */ (plopModule));
for (const method of ['start', 'stop', 'success', 'error', 'info']) {
  Object.assign(progressSpinner, { [method]: () => progressSpinner });
}

/** @param {import('plop').NodePlopAPI} plop */
export default async function (plop) {
  /** @type {typeof import('create-seaworthy')} */
  let create;
  try {
    create = await import('create-seaworthy');
  } catch (error) {
    // Plop itself exits 0 when a plopfile fails.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    process.stderr.write('create-seaworthy is not built yet. Run `npm run build`, then try again.\n');
    process.exit(1);
  }
  const vendorDirectory = fileURLToPath(new URL('packages/create/vendor', import.meta.url));
  create.serviceGenerator(plop, { vendorDirectory });
}
