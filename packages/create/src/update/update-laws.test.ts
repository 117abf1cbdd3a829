// What holds for every history of a template and a service, tried on random ones. `npm run test:matrix` tries more: PROPERTY_RUNS says how many.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';

import { diskWithModes, temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { archiveOf, changeTree, render, type Changes, type Contents } from '../../fixtures/versioned-service.ts';
import { templateTree } from '../../fixtures/templates.ts';
import type { FileTree } from '../plan/template.ts';

import { abortUpdate, continueUpdate } from './end-update.ts';
import type { Conflict } from './draft.ts';
import { updateService, type UpdateResult } from './update-service.ts';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 50);
const timeout = Math.max(120_000, numRuns * 3000);

const paths = [
  'a.ts',
  'b.ts',
  'lib/c.ts',
  'lib/d.ts',
  'lib/deep/e.ts',
  'run.sh',
  'data.bin',
  'README.md',
  'A.ts',
  'lib.ts',
  'lib/deep/f.ts',
  'deep/g.ts',
];
// A few words, so that both sides often change the same line.
const words = ['one', 'two', 'three', 'four', '', 'ünï'];
const textOf = (from: readonly string[], end = '\n') =>
  fc.array(fc.constantFrom(...from), { maxLength: 12 }).map((rows) => rows.map((row) => `${row}${end}`).join(''));
const contentsOf = (text: fc.Arbitrary<string>): fc.Arbitrary<Contents> =>
  fc.oneof(
    { weight: 5, arbitrary: text },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 1, arbitrary: text.map((written) => ({ text: written, mode: 0o755 })) },
  );
const contents = contentsOf(textOf(words));
/** What is put into the small template, and then moved. */
const files = fc.dictionary(fc.constantFrom(...paths), contents, { maxKeys: 8 });
// Lines that no template has: where they are after an update can be told.
const myWords = [...words, 'mine 1', 'mine 2', 'mine 3', 'mine 4', 'mine 5', 'mine 6'];
const myContents = fc.oneof(
  { weight: 5, arbitrary: contentsOf(textOf(myWords)) },
  { weight: 1, arbitrary: textOf(myWords, '\r\n') },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const edits = fc.dictionary(fc.constantFrom(...paths, 'mine.ts', 'RUNBOOK.md'), myContents, { maxKeys: 5 });
const places = [...paths, 'moved/a.ts', 'moved/b.ts', 'lib/b.ts', 'deep/d.ts'];
const folders = ['lib', 'lib/deep', 'deep', 'moved'];
/** Of files, and of folders with all that is in them. */
const moves = fc.oneof(
  { weight: 3, arbitrary: fc.dictionary(fc.constantFrom(...paths), fc.constantFrom(...places), { maxKeys: 2 }) },
  {
    weight: 1,
    arbitrary: fc.dictionary(fc.constantFrom(...folders), fc.constantFrom(...folders, 'core'), { maxKeys: 1 }),
  },
);

interface Step {
  readonly changes: Changes;
  readonly moved: Readonly<Record<string, string>>;
}

const step = (changes: fc.Arbitrary<Changes>): fc.Arbitrary<Step> => fc.record({ changes, moved: moves });
/** The second version of a template keeps most of the first one. */
const release = step(
  fc.dictionary(fc.constantFrom(...paths), fc.oneof(contents, fc.constant(undefined)), { maxKeys: 5 }),
);
const mine = step(edits);

function take(tree: FileTree, { changes, moved }: Step): FileTree {
  const result = new Map(changeTree(tree, changes));
  for (const [from, to] of Object.entries(moved)) {
    for (const [place, file] of [...result]) {
      if (place !== from && !place.startsWith(`${from}/`)) continue;
      const next = `${to}${place.slice(from.length)}`;
      if (result.has(next)) continue;
      result.delete(place);
      result.set(next, file);
    }
  }
  return result;
}

function writeTree(directory: string, tree: FileTree): void {
  for (const [file, { contents: bytes, mode }] of tree) {
    const place = path.join(directory, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, bytes, { mode });
  }
}

function shownTree(tree: FileTree): Record<string, readonly [string, string]> {
  return Object.fromEntries(
    [...tree].map(([file, one]) => [file, [one.mode.toString(8), one.contents.toString('latin1')]]),
  );
}

function filesBelow(directory: string): Record<string, readonly [string, string]> {
  return Object.fromEntries(Object.entries(diskWithModes(directory)).filter(([, [, shown]]) => shown !== 'folder'));
}

const linesOf = (shown: string) => shown.split(/\r?\n/);
const textsOf = (tree: FileTree) => [...tree.values()].map((one) => one.contents.toString('latin1'));

interface History {
  readonly directory: string;
  readonly base: FileTree;
  readonly yours: FileTree;
  readonly fresh: FileTree;
  readonly update: (version?: string) => Promise<UpdateResult>;
}

/** A service that was made from `first` and then edited, and an update to what `second` makes of that template. */
async function withHistory(
  { first, second, edited }: { first: Changes; second: Step; edited?: Step },
  check: (history: History) => Promise<void>,
): Promise<void> {
  const before = changeTree(templateTree(), first);
  const after = take(before, second);
  const base = render(before, '1.0.0');
  const yours = edited === undefined ? base : take(base, edited);
  const directory = mkdtempSync(path.join(parent, 'service-'));
  writeTree(directory, yours);
  const archive = archiveOf(after, 'node-service');
  const update = (version = '2.0.0') => updateService(directory, { archive, version });
  try {
    await check({ directory, base, yours, fresh: render(after, '2.0.0'), update });
  } finally {
    rmSync(directory, { recursive: true });
    rmSync(path.dirname(archive), { recursive: true });
  }
}

/** Decides for your side, as an editor does at a click. */
function keepYours(directory: string, { file, beside }: Conflict): void {
  if (beside !== undefined) {
    rmSync(path.join(directory, beside), { recursive: true });
    return;
  }
  let text = readFileSync(path.join(directory, file), 'latin1');
  // The outermost first: within a conflict there may be one with longer markers.
  for (const size of [7, 8, 9]) {
    const [begin, middle, end] = [`<{${size}} yours`, String.raw`\|{${size}} before`, `>{${size}} template`];
    const conflict = new RegExp(String.raw`^${begin}[^\n]*\n([^]*?)^${middle}[^]*?^${end}[^\n]*\n`, 'gm');
    text = text.replaceAll(conflict, '$1');
  }
  writeFileSync(path.join(directory, file), Buffer.from(text, 'latin1'));
}

const anything: unknown = expect.anything();
let parent = '';

describe('laws of an update', { timeout }, () => {
  beforeEach(() => {
    parent = temporaryFolder();
  });

  it('a service that nobody edited ends as a fresh one, byte for byte and mode for mode', async () => {
    await fc.assert(
      fc.asyncProperty(files, release, async (first, second) => {
        await withHistory({ first, second }, async ({ directory, fresh, update }) => {
          expect((await update()).conflicts).toEqual([]);
          expect(filesBelow(directory)).toEqual(shownTree(fresh));
        });
      }),
      { numRuns: numRuns * 2 },
    );
  });

  it('a second update changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(files, mine, release, async (first, edited, second) => {
        await withHistory({ first, second, edited }, async ({ directory, update }) => {
          fc.pre((await update()).outcome !== 'conflicts');
          const before = diskWithModes(directory);
          expect(await update()).toMatchObject({ outcome: 'current' });
          expect(diskWithModes(directory)).toEqual(before);
          // Nor does one that does not know that it was done: a new version of the same template.
          const again = await update('2.0.1');
          expect([again.written, again.removed, again.conflicts]).toEqual([[], [], []]);
        });
      }),
      { numRuns },
    );
  });

  it('an update that was ended with conflicts resolved is followed by none', async () => {
    let resolved = 0;
    await fc.assert(
      fc.asyncProperty(files, mine, release, async (first, edited, second) => {
        await withHistory({ first, second, edited }, async ({ directory, update }) => {
          const { conflicts } = await update();
          fc.pre(conflicts.length > 0);
          resolved += 1;
          for (const conflict of conflicts) keepYours(directory, conflict);
          expect(continueUpdate(directory)).toMatchObject({ to: '2.0.0' });
          const before = diskWithModes(directory);
          expect(await update()).toMatchObject({ outcome: 'current' });
          expect(diskWithModes(directory)).toEqual(before);
          const again = await update('2.0.1');
          expect([again.written, again.removed, again.conflicts]).toEqual([[], [], []]);
        });
      }),
      { numRuns: Math.ceil(numRuns / 2) },
    );
    expect(resolved).toBeGreaterThanOrEqual(Math.ceil(numRuns / 2));
  });

  it('every line that you added is in the result, in a conflict that is named, or beside its file', async () => {
    await fc.assert(
      fc.asyncProperty(files, mine, release, async (first, edited, second) => {
        await withHistory({ first, second, edited }, async ({ directory, base, yours, fresh, update }) => {
          const { conflicts } = await update();
          const known = new Set([...textsOf(base), ...textsOf(fresh)].flatMap(linesOf));
          const added = new Set(
            textsOf(yours)
              .flatMap(linesOf)
              .filter((line) => !known.has(line)),
          );
          // What an abort would bring back is no result.
          const result = Object.entries(filesBelow(directory)).filter(
            ([file]) => !file.startsWith('.seaworthy/update/'),
          );
          const kept = new Set(result.flatMap(([, [, shown]]) => linesOf(shown)));
          expect([...added].filter((line) => !kept.has(line))).toEqual([]);
          const marked = result.filter(([, [, shown]]) => /^[<|>]{7,} (yours|before|template)/m.test(shown));
          const named = conflicts.flatMap(({ file, beside }) => (beside === undefined ? [file] : []));
          expect(marked.map(([file]) => file).toSorted()).toEqual(named.toSorted());
        });
      }),
      { numRuns: numRuns * 2 },
    );
  });

  it('what one side left alone is as the other has it, and what only you have stays where it is', async () => {
    await fc.assert(
      fc.asyncProperty(files, mine, release, async (first, edited, second) => {
        await withHistory({ first, second, edited }, async ({ directory, base, yours, fresh, update }) => {
          const { conflicts } = await update();
          fc.pre(conflicts.length === 0);
          const result = filesBelow(directory);
          const sides = [base, yours, fresh].map((tree) => shownTree(tree));
          const [before = {}, mineNow = {}, templateNow = {}] = sides;
          const expected: Record<string, unknown> = {};
          for (const file of new Set(sides.flatMap((side) => Object.keys(side)))) {
            if (file.startsWith('.seaworthy/') || file === 'RUNBOOK.md') continue;
            const was = String(before[file]);
            // A file that one side lacks may have been moved, and is then where that side has it.
            if (String(mineNow[file]) === was && file in before && file in templateNow)
              expected[file] = templateNow[file];
            else if (String(templateNow[file]) === was && file in before && file in mineNow)
              expected[file] = mineNow[file];
            else if (!(file in before) && !(file in templateNow)) expected[file] = anything;
          }
          expect(result).toMatchObject(expected);
        });
      }),
      { numRuns },
    );
  });

  it('an abort brings back the disk as it was', async () => {
    let aborted = 0;
    await fc.assert(
      fc.asyncProperty(files, mine, release, async (first, edited, second) => {
        await withHistory({ first, second, edited }, async ({ directory, update }) => {
          const before = diskWithModes(directory);
          fc.pre((await update()).outcome === 'conflicts');
          aborted += 1;
          abortUpdate(directory);
          expect(diskWithModes(directory)).toEqual(before);
        });
      }),
      { numRuns: Math.ceil(numRuns / 2) },
    );
    expect(aborted).toBeGreaterThanOrEqual(Math.ceil(numRuns / 2));
  });
});
