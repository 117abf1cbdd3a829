import { findPython } from '../scripts/find-python.ts';

/** Says before the tests of a project which of them cannot run here; with `CI=true` it ends them. */
export function setup(): void {
  const python = findPython();
  if ('missing' in python) process.stderr.write(`SKIPPED: the tests of the Python template need ${python.missing}\n`);
}
