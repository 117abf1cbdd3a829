// Every way in which an update can be broken off: the service is as it was, at once or after the next run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import { describe, expect, it } from 'vitest';

import { diskWithModes, temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { edit, lines, VersionedService, type Changes } from '../../fixtures/versioned-service.ts';

import { ScaffoldError } from '../errors.ts';

import { abortUpdate, continueUpdate } from './end-update.ts';
import { updateDisk, type UpdateDisk } from './update-disk.ts';
import { updateService, type UpdateOptions } from './update-service.ts';

const changes = {
  'gone/b.ts': undefined,
  'new/deep/c.ts': 'new\n',
  'run.sh': { text: 'run\n', mode: 0o755 },
  turns: undefined,
  'turns/d.ts': 'd\n',
};
const conflict = { ...changes, 'a.ts': `new\n${lines(9)}`, 'e.ts': 'theirs\n' };

function service() {
  const made = new VersionedService({
    'a.ts': lines(9),
    'gone/b.ts': 'b\n',
    'run.sh': 'run\n',
    'e.ts': 'e\n',
    turns: 'file\n',
  });
  made.edit({ 'a.ts': { text: `${lines(9)}mine\n`, mode: 0o640 }, 'e.ts': 'mine\n' });
  chmodSync(path.join(made.directory, 'gone'), 0o750);
  return made;
}

/** Fails at the call with this number; `dead` fails at every one after it, too, as when the process is killed. */
function failingDisk(at: number, dead: boolean): { disk: UpdateDisk; calls: () => number } {
  let calls = 0;
  const failing = Object.entries(updateDisk).map(([name, call]) => [
    name,
    (...args: readonly unknown[]) => {
      calls += 1;
      if (calls === at || (dead && calls > at))
        throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
      return (call as (...given: readonly unknown[]) => unknown)(...args);
    },
  ]);
  return { disk: Object.fromEntries(failing) as UpdateDisk, calls: () => calls };
}

function prepared(released: Changes) {
  const made = service();
  return { directory: made.directory, options: made.release(released) };
}

/** The same service once more; git has been asked already. */
function copyOf(directory: string): string {
  const copy = path.join(temporaryFolder(), 'orders-api');
  cpSync(directory, copy, { recursive: true });
  // The one folder whose bits are not the usual ones.
  if (existsSync(path.join(copy, 'gone'))) chmodSync(path.join(copy, 'gone'), 0o750);
  return copy;
}

const withoutWork = (disk: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(disk).filter(([file]) => !file.startsWith('.seaworthy/update')));

const isRefusal = (result: unknown) => result instanceof ScaffoldError;
const failureOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};
const outcomeOf = (directory: string, options: UpdateOptions): Promise<unknown> =>
  updateService(directory, options).then(
    ({ outcome }) => outcome,
    (error: unknown) => (error instanceof ScaffoldError ? error.code : error),
  );

describe.each([
  ['a clean update', changes, 'updated', 'current'],
  ['an update with a conflict', conflict, 'conflicts', 'UPDATE_PENDING'],
] as const)('%s', (_what, released, outcome, again) => {
  it('that fails at any call leaves the disk as it was, or complete', { timeout: 120_000 }, async () => {
    const { directory, options } = prepared(released);
    const before = diskWithModes(directory);
    const harmedBy: number[] = [];
    let result: unknown;
    let at = 0;
    do {
      at += 1;
      const { disk } = failingDisk(at, false);
      result = await updateService(directory, { ...options, disk }).catch((error: unknown) => error);
      const isHarmed = !isDeepStrictEqual(withoutWork(diskWithModes(directory)), before);
      if (isRefusal(result) && isHarmed) harmedBy.push(at);
    } while (isRefusal(result));
    // Nothing failed, or only what tidies up behind an update that is complete.
    expect(result).toMatchObject({ outcome });
    expect(harmedBy).toEqual([]);
    expect(at).toBeGreaterThan(20);
  });

  it('that is killed at any call is undone by the next run, or complete', { timeout: 120_000 }, async () => {
    const { directory: original, options } = prepared(released);
    const before = diskWithModes(original);
    let directory: string;
    let isUndone: boolean;
    let at = 0;
    do {
      at += 1;
      directory = copyOf(original);
      await updateService(directory, { ...options, ...failingDisk(at, true) }).catch((error: unknown) => error);
      // The next run refuses for a reason of its own, after it has tidied up.
      const next = await outcomeOf(directory, { ...options, version: '0.9.0' });
      isUndone = next === 'UPDATE_DOWNGRADE' && isDeepStrictEqual(diskWithModes(directory), before);
    } while (isUndone);
    expect(await outcomeOf(directory, options)).toBe(again);
    expect(at).toBeGreaterThan(20);
  });
});

it('an abort that is killed at any call is ended by the next run', { timeout: 120_000 }, async () => {
  const { directory: original, options } = prepared(conflict);
  const before = diskWithModes(original);
  await updateService(original, options);
  const leftBy: number[] = [];
  let failure: unknown;
  let at = 0;
  do {
    at += 1;
    const directory = copyOf(original);
    const { disk } = failingDisk(at, true);
    failure = failureOf(() => abortUpdate(directory, { disk }));
    const next = await outcomeOf(directory, { ...options, version: '0.9.0' });
    if (next === 'UPDATE_PENDING') abortUpdate(directory);
    if (!isDeepStrictEqual(diskWithModes(directory), before)) leftBy.push(at);
  } while (isRefusal(failure));
  expect([failure, leftBy]).toEqual([undefined, []]);
  expect(at).toBeGreaterThan(20);
});

it('a continue that is killed at any call can be done again', { timeout: 120_000 }, async () => {
  const { directory: original, options } = prepared(conflict);
  await updateService(original, options);
  edit(original, { 'e.ts': 'both\n' });
  const outcomes: unknown[] = [];
  let failure: unknown;
  do {
    const directory = copyOf(original);
    const { disk } = failingDisk(outcomes.length + 1, true);
    failure = failureOf(() => continueUpdate(directory, { disk }));
    if (isRefusal(failure)) continueUpdate(directory);
    outcomes.push(await outcomeOf(directory, options));
  } while (isRefusal(failure));
  expect([failure, new Set(outcomes)]).toEqual([undefined, new Set(['current'])]);
  expect(outcomes.length).toBeGreaterThan(10);
});

it(
  'a process that is killed for real leaves a service that the next run puts right',
  { timeout: 120_000 },
  async () => {
    const made = service();
    const before = diskWithModes(made.directory);
    const { archive = '', version = '' } = made.release(changes);
    const program = `import { updateService } from ${JSON.stringify(path.resolve(import.meta.dirname, 'update-service.ts'))};
    process.stdout.write('ready\\n');
    await updateService(${JSON.stringify(made.directory)}, { archive: ${JSON.stringify(archive)}, version: '${version}' });`;
    for (let run = 0; run < 8; run += 1) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = once(child, 'exit');
      await once(child.stdout, 'data');
      await sleep(run * 30);
      child.kill('SIGKILL');
      await exited;
      const next = await updateService(made.directory, { archive, version });
      expect(['updated', 'current']).toContain(next.outcome);
      expect(made.read('turns/d.ts')).toBe('d\n');
      // Back to where it began, for the next round.
      rmSync(made.directory, { recursive: true });
      for (const [file, [mode, contents]] of Object.entries(before)) {
        const place = path.join(made.directory, file);
        if (contents === 'folder') mkdirSync(place, { recursive: true });
        else {
          mkdirSync(path.dirname(place), { recursive: true });
          writeFileSync(place, contents, 'latin1');
        }
        chmodSync(place, Number.parseInt(mode, 8));
      }
    }
  },
);

it('refuses while another update is running, and not after it was killed', async () => {
  const made = service();
  const { directory } = made;
  const work = path.join(directory, '.seaworthy/update');
  mkdirSync(work);
  writeFileSync(path.join(work, 'pid'), String(process.ppid));
  await expect(made.update(changes)).rejects.toMatchObject({ code: 'UPDATE_BUSY' });
  const gone = spawn(process.execPath, ['-e', '0']);
  await once(gone, 'exit');
  writeFileSync(path.join(work, 'pid'), String(gone.pid));
  expect(await made.update(changes)).toMatchObject({ outcome: 'updated' });
});
