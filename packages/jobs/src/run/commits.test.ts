import { describe, expect, it } from 'vitest';

import { job, type JobRun, memoryStore } from '../index.ts';

const work = () => ({ name: 'import', key: 'orders.csv', input: null, store: memoryStore() });
type Run = JobRun<undefined, unknown>;

describe('commits', () => {
  it('come one after the other: a second one meanwhile is refused, and the first goes on', async () => {
    const run = async ({ commit }: Run) => {
      const first = commit(() => Promise.resolve('first'));
      await expect(commit(() => 'second')).rejects.toMatchObject({ code: 'JOB_COMMIT_OVERLAPS', retryable: false });
      expect(await first).toBe('first');
      return commit(() => 'third');
    };
    expect((await job(work(), run)).result).toBe('third');
  });

  it('are refused once the run has ended, well or not', async () => {
    let late: Run['commit'] | undefined;
    await job(work(), ({ commit }: Run) => void (late = commit));
    await expect(late?.(() => 1)).rejects.toMatchObject({ code: 'JOB_ENDED' });
    const broken = ({ commit }: Run) => {
      late = commit;
      throw new RangeError('broken off');
    };
    await expect(job(work(), broken)).rejects.toThrow('broken off');
    await expect(late?.(() => 1)).rejects.toMatchObject({ code: 'JOB_ENDED' });
  });

  it('that nobody awaited are waited for before the job finishes', async () => {
    const options = work();
    const gate = Promise.withResolvers<number>();
    const run = ({ commit }: Run) => {
      void commit(() => gate.promise, { rows: 7 });
      setTimeout(gate.resolve, 10, 1);
      return 'done';
    };
    expect(await job(options, run)).toMatchObject({ rows: 7, result: 'done' });
  });

  it('that nobody awaited and that fail make the job fail', async () => {
    const run = ({ commit }: Run) => {
      commit(() => Promise.reject(new RangeError('line 3'))).catch(() => undefined);
      return 'done';
    };
    await expect(job(work(), run)).rejects.toThrow('line 3');
  });

  it('whose effect threw may be followed by others', async () => {
    const run = async ({ commit }: Run) => {
      await expect(commit(() => Promise.reject(new RangeError('line 3')), { rows: 1 })).rejects.toThrow('line 3');
      return commit(() => 'line 4', { rows: 1 });
    };
    expect(await job(work(), run)).toMatchObject({ result: 'line 4', rows: 1 });
  });

  it.each([
    [undefined, 'cursor'],
    [{ line: Number.NaN }, 'cursor.line'],
    [{ at: new Date(0) }, 'cursor.at'],
  ])('refuse the cursor %j, and keep the one before', async (cursor, at) => {
    const options = work();
    const run = async ({ commit }: Run) => {
      await commit(() => 'before', { rows: 1 });
      await commit(() => cursor, { rows: 1 });
    };
    await expect(job(options, run)).rejects.toMatchObject({ code: 'JOB_CURSOR_INVALID', problems: [{ name: at }] });
    expect(await job(options, ({ cursor: kept }: Run) => kept)).toMatchObject({ result: 'before', rows: 1 });
  });

  it('resolve with the cursor as it will be read back', async () => {
    const run = ({ commit }: Run) => commit(() => ({ line: -0, left: undefined }));
    expect((await job(work(), run)).result).toEqual({ line: 0 });
  });

  it.each([
    [['insert'], ['effect']],
    [[() => 1, 5], ['options']],
    [[() => 1, { rows: -1 }], ['rows']],
    [[() => 1, { rows: 1.5 }], ['rows']],
    [
      [undefined, { rows: '1' }],
      ['effect', 'rows'],
    ],
  ])('refuse the arguments %j for %j', async (parameters, names) => {
    const run = async ({ commit }: Run) => void (await commit(...(parameters as unknown as Parameters<Run['commit']>)));
    const problems = names.map((name) => ({ name }));
    await expect(job(work(), run)).rejects.toMatchObject({ code: 'JOB_OPTIONS_INVALID', problems });
  });
});
