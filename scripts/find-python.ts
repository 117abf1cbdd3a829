import { spawnSync } from 'node:child_process';

/** The oldest that templates/python-service runs on. */
const oldest = [3, 11] as const;

/** The Python that `make setup` takes, or why there is none. */
export type FoundPython = { readonly version: string } | { readonly missing: string };

/**
 * Looks for the Python of the Python template: `PYTHON`, or `python3`.
 *
 * @throws {Error} with `CI=true`, where nothing may be skipped, when there is none or it is too old.
 */
export function findPython(env: NodeJS.ProcessEnv = process.env): FoundPython {
  const program = env['PYTHON'] ?? 'python3';
  const print = 'import sys; print(*sys.version_info[:3], sep=".")';
  const { status, stdout } = spawnSync(program, ['-c', print], { encoding: 'utf8', env });
  const version = status === 0 ? stdout.trim() : undefined;
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  if (version !== undefined && (major > oldest[0] || (major === oldest[0] && minor >= oldest[1]))) return { version };
  const found = version === undefined ? `${program} does not run` : `${program} is ${version}`;
  const missing = `Python ${oldest.join('.')} or newer; ${found}`;
  if (env['CI'] === 'true') throw new Error(`CI needs ${missing}`);
  return { missing };
}
