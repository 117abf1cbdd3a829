import type { DeclaredSetting } from '../declare/group.ts';
import type { EnvSetting } from '../declare/setting.ts';
import type { Problem } from '../errors/problem.ts';
import { ownerOf } from '../groups/service-owner.ts';
import type { EnvFile, Notes } from '../load/env-file.ts';
import { fileSystem } from '../load/file-system.ts';

function undocumented(
  name: string,
  from: string,
  owner: string,
  facts: Pick<Problem, 'expected' | 'why' | 'fix'>,
): Problem {
  return { code: 'CFG_UNDOCUMENTED', name, got: 'a live line', from, ...facts, retryable: false, owner };
}

function isRecord(path: string): boolean {
  try {
    return !path.startsWith('/') && fileSystem().statSync(path).isFile();
  } catch {
    return false;
  }
}

function noteProblem(name: string, from: string, notes: Notes, ofProduction: boolean, owner: string): Problem[] {
  const { change, differs, shared } = notes;
  if (!ofProduction) {
    if (differs !== undefined || shared !== undefined) return [];
    const expected = 'a line "# Differs: why" above it';
    const fix = `put "# Differs: why" directly above ${name}`;
    return [undocumented(name, from, owner, { expected, why: 'nothing says why staging differs', fix })];
  }
  if (change !== undefined && isRecord(change)) return [];
  const why =
    change === undefined ? 'no record says why it was changed' : 'the record it names is no file of this service';
  const expected = 'a line "# Change: …" above it that names a record';
  const fix = `write the record, and put "# Change: docs/changes/NNNN-what.md" directly above ${name}`;
  return [undocumented(name, from, owner, { expected, why, fix })];
}

/** A live line is a difference; somebody wrote down why, or it is a problem. `files` are production's, then staging's. */
export function undocumentedLines(files: readonly EnvFile[], owner: string): Problem[] {
  return files.flatMap(({ values }, index) =>
    [...values].flatMap(([name, { from, notes = {} }]) => noteProblem(name, from, notes, index === 0, owner)),
  );
}

/** A secret in a file of the repository is known to everybody who may read it, and to every copy. */
export function exposedSecrets(
  files: readonly EnvFile[],
  declared: readonly DeclaredSetting<EnvSetting<unknown>>[],
  owner: string,
): Problem[] {
  const secrets = declared.filter(({ setting }) => setting.kind.name === 'secret');
  return secrets.flatMap(({ label, setting }) =>
    files
      .flatMap(({ values }) => values.get(setting.env) ?? [])
      .map(({ from }) => ({
        code: 'CFG_EXPOSED',
        name: setting.env,
        setting: label,
        got: 'a secret (never shown)',
        from,
        expected: 'no secret in a file that is kept with the code',
        why: 'everybody who may read the repository knows it',
        fix: `replace the secret, remove the line, and set ${setting.env} or ${setting.env}_FILE where the service runs`,
        retryable: false,
        owner: ownerOf(setting, owner),
      })),
  );
}
