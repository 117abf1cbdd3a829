// What holds for every history of a template and a service, tried on random ones; SEAWORTHY_LONG_RUN tries many more.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { diskWithModes, temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { archiveOf, changeTree, render, type Changes, type Contents } from '../../fixtures/versioned-service.ts';
import { templateTree } from '../../fixtures/templates.ts';
import type { FileTree } from '../plan/template.ts';

import { abortUpdate } from './end-update.ts';
import { updateService, type UpdateResult } from './update-service.ts';

const numRuns = process.env['SEAWORTHY_LONG_RUN'] === undefined ? 60 : 2000;
const timeout = process.env['SEAWORTHY_LONG_RUN'] === undefined ? 120_000 : 3_600_000;

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
];
// A few words, so that both sides often change the same line.
const text = fc
  .array(fc.constantFrom('one', 'two', 'three', 'four', '', 'ünï'), { maxLength: 12 })
  .map((rows) => rows.map((row) => `${row}\n`).join(''));
const contents: fc.Arbitrary<Contents> = fc.oneof(
  { weight: 5, arbitrary: text },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: text.map((written) => ({ text: written, mode: 0o755 })) },
);
const files: fc.Arbitrary<Changes> = fc.dictionary(fc.constantFrom(...paths), contents, { maxKeys: 8 });
const edits: fc.Arbitrary<Changes> = fc.dictionary(
  fc.constantFrom(...paths, 'mine.ts', 'RUNBOOK.md'),
  fc.oneof({ weight: 4, arbitrary: contents }, { weight: 1, arbitrary: fc.constant(undefined) }),
  { maxKeys: 6 },
);

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

/** The template of one version: the small one, and what the history puts in. */
const templateOf = (changes: Changes) => changeTree(templateTree(), changes);

/** Edits that leave a service: a file is not also a folder. */
function editTree(tree: FileTree, changes: Changes): FileTree {
  return changeTree(tree, changes);
}

function linesOf(tree: FileTree): Map<string, Set<string>> {
  return new Map([...tree].map(([file, { contents: bytes }]) => [file, new Set(bytes.toString('latin1').split('\n'))]));
}

interface History {
  readonly directory: string;
  readonly update: () => Promise<UpdateResult>;
}

async function withHistory(before: FileTree, next: Changes, check: (history: History) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(path.join(parent, 'service-'));
  writeTree(directory, before);
  const archive = archiveOf(templateOf(next), 'node-service');
  try {
    await check({ directory, update: () => updateService(directory, { archive, version: '2.0.0' }) });
  } finally {
    rmSync(directory, { recursive: true });
    rmSync(path.dirname(archive), { recursive: true });
  }
}

let parent = '';

describe('laws of an update', { timeout }, () => {
  it('a service that nobody edited ends as a fresh one, byte for byte and mode for mode', async () => {
    parent = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(files, files, async (first, second) => {
        await withHistory(render(templateOf(first), '1.0.0'), second, async ({ directory, update }) => {
          expect((await update()).conflicts).toEqual([]);
          expect(filesBelow(directory)).toEqual(shownTree(render(templateOf(second), '2.0.0')));
        });
      }),
      { numRuns: numRuns * 2 },
    );
  });

  it('a second update changes nothing', async () => {
    parent = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(files, edits, files, async (first, mine, second) => {
        await withHistory(editTree(render(templateOf(first), '1.0.0'), mine), second, async ({ directory, update }) => {
          if ((await update()).outcome === 'conflicts') return;
          const before = diskWithModes(directory);
          expect(await update()).toMatchObject({ outcome: 'current' });
          expect(diskWithModes(directory)).toEqual(before);
          // Nor does one that does not know that it was done: a new version of the same template.
          const archive = archiveOf(templateOf(second), 'node-service');
          const again = await updateService(directory, { archive, version: '2.0.1' });
          expect(again.written.filter((file) => file !== 'package.json')).toEqual([]);
          expect([again.removed, again.conflicts]).toEqual([[], []]);
        });
      }),
      { numRuns },
    );
  });

  it('every line that you added is in the result, in a conflict, or beside its file', async () => {
    parent = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(files, edits, files, async (first, mine, second) => {
        const base = render(templateOf(first), '1.0.0');
        const yours = editTree(base, mine);
        await withHistory(yours, second, async ({ directory, update }) => {
          await update();
          const everything = Object.values(filesBelow(directory)).map(([, shown]) => shown);
          const known = linesOf(base);
          for (const [file, added] of linesOf(yours)) {
            const kept = file.endsWith('.bin') ? everything : everything.map((shown) => shown.replaceAll('\r', ''));
            const lost = [...added].filter(
              (line) =>
                known.get(file)?.has(line) !== true && !kept.some((shown) => shown.includes(line.replaceAll('\r', ''))),
            );
            expect([file, lost]).toEqual([file, []]);
          }
        });
      }),
      { numRuns },
    );
  });

  it('an abort brings back the disk as it was', async () => {
    parent = temporaryFolder();
    let aborted = 0;
    await fc.assert(
      fc.asyncProperty(files, edits, files, async (first, mine, second) => {
        await withHistory(editTree(render(templateOf(first), '1.0.0'), mine), second, async ({ directory, update }) => {
          const before = diskWithModes(directory);
          if ((await update()).outcome !== 'conflicts') return;
          aborted += 1;
          abortUpdate(directory);
          expect(diskWithModes(directory)).toEqual(before);
        });
      }),
      { numRuns },
    );
    expect(aborted).toBeGreaterThan(numRuns / 10);
  });
});
