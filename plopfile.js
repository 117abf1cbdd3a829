import { fileURLToPath } from 'node:url';

import * as plopModule from 'plop';

// Plop's spinner never returns on a terminal of 0 columns, and draws over the report on any other.
const spinner = /** @type {Record<string, unknown>} */ (Reflect.get(plopModule, 'progressSpinner'));
for (const method of ['start', 'success', 'error', 'info', 'stop']) spinner[method] = () => spinner;

/** @param {import('plop').NodePlopAPI} plop */
export default async function (plop) {
  /** @type {typeof import('create-seaworthy')} */
  let create;
  try {
    create = await import('create-seaworthy');
  } catch (error) {
    // Plop itself would print a stack and exit with 0.
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`create-seaworthy cannot be loaded. Run \`npm run build\`, then try again.
${reason}
`);
    process.exit(1);
  }
  create.serviceGenerator(plop, {
    vendorDirectory: fileURLToPath(new URL('packages/create/vendor', import.meta.url)),
  });
}
