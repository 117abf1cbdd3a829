import type { PlannedFile } from '../plan/template.ts';

import type { YourFile } from './read-service.ts';
import { isText } from './text-form.ts';

function headerOf(file: string, before: YourFile | undefined, after: PlannedFile | undefined): string[] {
  const header = [`diff --git a/${file} b/${file}`];
  const mode = (bits: number) => `100${bits.toString(8)}`;
  if (before === undefined && after !== undefined) return [...header, `new file mode ${mode(after.mode)}`];
  if (before !== undefined && after === undefined) return [...header, `deleted file mode ${mode(before.mode)}`];
  if (before !== undefined && after !== undefined && before.mode !== after.mode)
    return [...header, `old mode ${mode(before.mode)}`, `new mode ${mode(after.mode)}`];
  return header;
}

/** What an update would change, as `git apply` takes it. */
export async function unifiedDiff(
  changes: ReadonlyMap<string, PlannedFile | undefined>,
  files: ReadonlyMap<string, YourFile>,
): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  const parts = [...changes].map(([file, after]) => {
    const before = files.get(file);
    const header = headerOf(file, before, after);
    const [old, next] = [before?.raw ?? Buffer.alloc(0), after?.contents ?? Buffer.alloc(0)];
    if (old.equals(next)) return [...header, ''].join('\n');
    const names = [
      before === undefined ? '/dev/null' : `a/${file}`,
      after === undefined ? '/dev/null' : `b/${file}`,
    ] as const;
    if (!isText(old) || !isText(next))
      return [...header, `Binary files ${names[0]} and ${names[1]} differ`, ''].join('\n');
    const patch = createTwoFilesPatch(...names, old.toString('utf8'), next.toString('utf8'));
    // The library begins with a line of its own.
    return [...header, patch.slice(patch.indexOf('--- '))].join('\n');
  });
  return parts.join('');
}
