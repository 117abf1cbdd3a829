import { fileURLToPath } from 'node:url';

/** The archive that is built beside this package's code. */
export const builtArchive = fileURLToPath(new URL('templates.tgz', import.meta.url));
