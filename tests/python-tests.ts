import { findPython } from '../scripts/find-python.ts';

const files = [
  'tests/contract/{health,jobs,settings}-cases.test.ts',
  'tests/contract/env-file-readers.test.ts',
  'tests/contract/python-{service,template}.test.ts',
  'tests/e2e/python-service.test.ts',
];

/** The files of tests that cannot run here, because they run the Python template and there is no Python for it. */
export function pythonTests(): string[] {
  // With CI=true the setup says what is needed; here it is not asked.
  return 'missing' in findPython({ ...process.env, CI: undefined }) ? files : [];
}
