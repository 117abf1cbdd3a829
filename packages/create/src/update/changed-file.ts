import type { PlannedFile } from '../plan/template.ts';

import type { Draft } from './draft.ts';
import type { YourFile } from './read-service.ts';
import { fromPlainText } from './text-form.ts';

/** A file as an update writes it. */
export interface ChangedFile extends PlannedFile {
  /** All its permission bits, where it had others in another place. */
  readonly permissions?: number;
}

function formOf({ form, mode, permissions }: YourFile): string {
  return JSON.stringify([form, mode, permissions]);
}

/** True where one of these files has line ends, a byte order mark or permissions that most files of its mode do not have. */
export function hasOwnForms(files: readonly string[], yours: ReadonlyMap<string, YourFile>): boolean {
  const ofForm = new Map<string, number>();
  const ofMode = new Map<number, number>();
  for (const file of yours.values()) {
    const form = formOf(file);
    ofForm.set(form, (ofForm.get(form) ?? 0) + 1);
    ofMode.set(file.mode, (ofMode.get(file.mode) ?? 0) + 1);
  }
  return files.some((name) => {
    const file = yours.get(name);
    return file !== undefined && (ofForm.get(formOf(file)) ?? 0) * 2 <= (ofMode.get(file.mode) ?? 0);
  });
}

/** The permission bits a file had, with the right to execute as the template has it. */
function withMode(permissions: number, mode: number): number {
  if (((permissions & 0o111) === 0) === ((mode & 0o111) === 0)) return permissions;
  return mode === 0o755 ? permissions | ((permissions & 0o444) >> 2) : permissions & ~0o111;
}

/** Keeps what really changes on the disk, in the form in which the files lie there. */
export function toChanges(
  draft: Pick<Draft, 'result' | 'origins'>,
  yours: ReadonlyMap<string, YourFile>,
): Map<string, ChangedFile | undefined> {
  const changes = new Map<string, ChangedFile | undefined>();
  for (const [file, planned] of draft.result) {
    const before = yours.get(file);
    const origin = before ?? yours.get(draft.origins.get(file) ?? '');
    if (planned === undefined) {
      if (before !== undefined) changes.set(file, undefined);
      continue;
    }
    const contents = fromPlainText(planned.contents, origin?.form);
    if (before !== undefined && before.mode === planned.mode && before.raw.equals(contents)) continue;
    const kept = origin === undefined ? {} : { permissions: withMode(origin.permissions, planned.mode) };
    changes.set(file, { contents, mode: planned.mode, ...kept });
  }
  return changes;
}
