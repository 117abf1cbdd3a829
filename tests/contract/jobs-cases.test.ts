import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { job, JobError, jobErrorCodes, migrate, sqliteStore } from '@seaworthy/jobs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const repository = path.resolve(import.meta.dirname, '../..');
const contract = path.join(repository, 'packages/jobs/contract');
const python = path.join(repository, 'templates/python-service/.venv/bin/python');

interface Cases<Case, Refused> {
  readonly cases: readonly Case[];
  readonly refused: readonly Refused[];
}
interface Answers {
  readonly inputs: readonly object[];
  readonly schedules: readonly object[];
  readonly jobs: readonly object[];
  readonly texts: object;
}

const read = (name: string): string => readFileSync(path.join(contract, name), 'utf8');

function runPython(document: object): Answers {
  const { stdout, stderr, status } = spawnSync(python, [path.join(import.meta.dirname, 'jobs_cases.py')], {
    input: JSON.stringify(document),
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (status !== 0) throw new Error(`jobs_cases.py ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout) as Answers;
}

/** The inputs as they are written: JSON.parse would take 1.0 for 1, and -0 for 0. */
function writtenInputs(text: string): string[] {
  const inputs: string[] = [];
  for (const [start] of [...text.matchAll(/"input": /g)].map(({ index }) => [index + '"input": '.length] as const)) {
    const end = [...text.slice(start).matchAll(/[,}]/g)]
      .map(({ index }) => start + index)
      .find((each) => {
        try {
          JSON.parse(text.slice(start, each));
          return true;
        } catch {
          return false;
        }
      });
    inputs.push(text.slice(start, end).trim());
  }
  return inputs;
}

describe('the Python ledger gives what packages/jobs/contract/input-hashes.json says', () => {
  const text = read('input-hashes.json');
  const { cases, refused } = JSON.parse(text) as Cases<{ canonical: string; hash: string }, { at: string }>;
  const inputs = writtenInputs(text);
  const { inputs: outcomes } = runPython({ inputs });

  it('in every case', () => {
    expect(inputs.length).toBe(cases.length + refused.length);
    expect(outcomes.length).toBe(inputs.length);
  });

  it.each([...cases, ...refused].map((each, index) => [inputs[index], each, index] as const))(
    '%s',
    (_input, each, index) => {
      const wanted = 'at' in each ? { at: each.at } : { canonical: each.canonical, hash: each.hash };
      expect(outcomes[index]).toEqual(wanted);
    },
  );
});

describe('the Python ledger gives what packages/jobs/contract/schedule.json says', () => {
  interface Scheduled {
    readonly schedule: object;
    readonly at: string;
    readonly key: string;
  }
  const { cases, refused } = JSON.parse(read('schedule.json')) as Cases<Scheduled, { schedule: object; at: string[] }>;
  const { schedules: outcomes } = runPython({
    schedules: [...cases, ...refused.map(({ schedule }) => ({ schedule }))],
  });

  it('in every case', () => {
    expect(outcomes.length).toBe(cases.length + refused.length);
  });

  it.each(cases.map(({ schedule, at, key }, index) => [JSON.stringify(schedule), at, key, index] as const))(
    '%s at %s',
    (_schedule, _at, key, index) => {
      expect(outcomes[index]).toEqual({ key });
    },
  );

  it.each(refused.map(({ schedule, at }, index) => [JSON.stringify(schedule), at, index] as const))(
    'refused: %s',
    (_schedule, at, index) => {
      expect(outcomes[cases.length + index]).toEqual({ at });
    },
  );
});

it('both ledgers have the same codes with the same texts', () => {
  expect(runPython({ texts: true }).texts).toEqual(jobErrorCodes);
});

describe('one ledger in SQLite for both languages', () => {
  let folder: string;
  let database: DatabaseSync;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'ledger-'));
    database = new DatabaseSync(path.join(folder, 'jobs.db'));
  });
  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  const input = { file: 'é.csv', rows: 1e21, share: 0.1, '\u{1F600}': [null, true] };
  const work = { name: 'import', key: 'Zürich 100%', input };

  function inPython(given: object): object | undefined {
    return runPython({ jobs: [{ file: path.join(folder, 'jobs.db'), ...work, result: { by: 'Python' }, ...given }] })
      .jobs[0];
  }

  async function inNode(given: object): Promise<object> {
    const store = sqliteStore({ database });
    await migrate(store);
    try {
      const { outcome, result, attempt } = await job({ ...work, store, ...given }, async ({ commit }) => {
        await commit(() => ({ by: 'Node' }), { rows: 1 });
        return { by: 'Node' };
      });
      return { outcome, result, attempt };
    } catch (error) {
      if (!(error instanceof JobError)) throw error;
      return { code: error.code, retryable: error.retryable, message: error.message };
    }
  }

  it('gives Python the result that Node stored', async () => {
    expect(await inNode({})).toEqual({ outcome: 'succeeded', result: { by: 'Node' }, attempt: 1 });
    expect(inPython({})).toEqual({ outcome: 'skipped', result: { by: 'Node' }, attempt: 1 });
  });

  it('gives Node the result that Python stored', async () => {
    expect(inPython({})).toEqual({ outcome: 'succeeded', result: { by: 'Python' }, attempt: 1 });
    expect(await inNode({})).toEqual({ outcome: 'skipped', result: { by: 'Python' }, attempt: 1 });
  });

  it('refuses other input in the same words', async () => {
    await inNode({});
    const other = { input: { ...input, share: 0.2 } };
    const refused = await inNode(other);
    expect(refused).toMatchObject({ code: 'JOB_INPUT_CHANGED', retryable: false });
    expect(inPython(other)).toEqual(refused);
  });

  it('lets one language go on where the other broke off', async () => {
    const store = sqliteStore({ database });
    await migrate(store);
    const broken = job({ ...work, store }, async ({ commit }) => {
      await commit(() => ({ by: 'Node' }), { rows: 1 });
      throw new Error('broken off');
    });
    await expect(broken).rejects.toThrow('broken off');
    expect(inPython({})).toEqual({ outcome: 'succeeded', result: { by: 'Python' }, attempt: 2 });
    expect(database.prepare('SELECT row_count, cursor FROM seaworthy_jobs').get()).toEqual({
      row_count: 2,
      cursor: '{"by":"Python"}',
    });
  });

  it('has one table and one set of indexes, whoever makes them first', async () => {
    const named = () => database.prepare('SELECT name FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name').all();
    inPython({});
    const before = named();
    await inNode({});
    expect(named()).toEqual(before);
  });
});
