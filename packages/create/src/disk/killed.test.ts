import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { gitIn, stubGitConfig } from '../../fixtures/git.ts';
import { diskBelow, temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { scaffold } from '../scaffold.ts';

// `npm run test:matrix` kills 200 times.
const kills = Number(process.env['SEAWORTHY_KILLS'] ?? 10);
const packageFolder = path.resolve(import.meta.dirname, '../..');
const program = path.join(packageFolder, 'fixtures/announced-scaffold.js');
const archiveOf = (language: string) => path.join(packageFolder, `dist/${language}-service.tgz`);

interface Run {
  /** From the word that it begins until it was killed or has ended. */
  readonly ms: number;
  readonly signal: NodeJS.Signals | null;
}

/** Runs the scaffolder in a process of its own, and kills it so long after it has begun. */
async function runKilled(answers: object, afterMs: number): Promise<Run> {
  const child = spawn(process.execPath, [program, JSON.stringify(answers)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  await once(child.stdout, 'data');
  const begunAt = performance.now();
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  const [, signal] = await exited;
  clearTimeout(timer);
  return { ms: performance.now() - begunAt, signal };
}

function answersFor(parent: string, index: number) {
  const language = index % 4 === 0 ? 'python' : 'node';
  return {
    name: 'orders-api',
    language,
    owner: 'team-orders',
    git: index % 2 === 0,
    directory: path.join(parent, 'new'),
  };
}

/** Everything but the repository, whose objects bear the time. */
function filesBelow(service: string): Record<string, string> {
  return Object.fromEntries(Object.entries(diskBelow(service)).filter(([file]) => !/^\.git(\/|$)/.test(file)));
}

function isStaging(name: string): boolean {
  return name.startsWith('.orders-api.seaworthy-');
}

beforeEach(() => stubGitConfig());

describe('a run that is killed for real', () => {
  it(
    `leaves nothing or a whole service, ${kills} times, and the next run cleans up`,
    { timeout: kills * 10_000 },
    async () => {
      const whole = new Map<string, Record<string, string>>();
      let longestMs = 0;
      for (const index of [0, 1]) {
        const parent = temporaryFolder();
        longestMs = Math.max(longestMs, (await runKilled(answersFor(parent, index), 60_000)).ms);
        whole.set(answersFor(parent, index).language, filesBelow(path.join(parent, 'new/orders-api')));
      }
      const seen = { nothing: 0, staging: 0, whole: 0 };
      for (let index = 0; index < kills; index += 1) {
        const parent = temporaryFolder();
        const answers = answersFor(parent, index);
        const service = path.join(parent, 'new/orders-api');
        await runKilled(answers, Math.random() * longestMs);
        const visible = readdirSync(parent).filter((name) => !isStaging(name));
        expect([[], ['new']]).toContainEqual(visible);
        if (visible.length === 0) {
          seen[readdirSync(parent).length === 0 ? 'nothing' : 'staging'] += 1;
          await scaffold(answers, { archive: archiveOf(answers.language) });
        } else seen.whole += 1;
        expect(filesBelow(service)).toEqual(whole.get(answers.language));
        expect(existsSync(path.join(service, '.git'))).toBe(answers.git);
        const commits = answers.git ? gitIn(service, 'rev-list', '--count', 'HEAD') : '';
        const changed = answers.git ? gitIn(service, 'status', '--porcelain') : '';
        expect([commits, changed]).toEqual([answers.git ? '1' : '', '']);
        expect(readdirSync(parent).filter(isStaging)).toEqual([]);
        rmSync(parent, { recursive: true });
      }
      process.stdout.write(`killed: ${JSON.stringify(seen)}\n`);
      expect(seen.nothing + seen.staging).toBeGreaterThan(0);
      // A few kills may all miss the moments in which it writes; so many do not.
      expect(seen.staging).toBeGreaterThanOrEqual(kills < 50 ? 0 : 1);
    },
  );
});
