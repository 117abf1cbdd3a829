import { beforeEach, describe, expect, it } from 'vitest';

import { type Claim, type Hold, type JobStore, migrate } from '../index.ts';
import type { TestedStore } from './tested-store.ts';

const leaseMs = 1_000_000;
const keepMs = 2_000_000;

let claims = 0;
const claimOf = (changes: Partial<Claim> = {}): Claim => ({
  name: 'import',
  key: 'orders.csv',
  inputHash: 'aa',
  holder: `here/1/${(claims += 1)}`,
  leaseMs,
  ...changes,
});

async function granted(store: JobStore<unknown>, claim = claimOf()): Promise<Hold> {
  const answer = await store.claim(claim);
  expect(answer.kind).toBe('claimed');
  return { ...claim, attempt: answer.attempt };
}

/** What every store answers by the rules of the ledger. */
export function describeStore<Db>(title: string, open: () => Promise<TestedStore<Db>>): void {
  describe(`${title}: the rules of the ledger`, () => {
    let tested: TestedStore<Db>;
    let store: JobStore<Db>;
    beforeEach(async () => {
      tested = await open();
      ({ store } = tested);
    });

    const commit = (hold: Hold, line: string, cursor = `"${line}"`) =>
      store.commit(hold, (db) => {
        const written = tested.write(db, line);
        const advance = { cursor, rows: 1 };
        return written instanceof Promise ? written.then(() => advance) : advance;
      });

    it('a key that nobody has used is claimed once', async () => {
      const first = claimOf();
      expect(await store.claim(first)).toEqual({ kind: 'claimed', attempt: 1, rowCount: 0, cursor: null });
      const second = await store.claim(claimOf());
      expect(second).toMatchObject({ kind: 'running', holder: first.holder, attempt: 1 });
      if (second.kind !== 'running') throw new Error('it is not running');
      const leftMs = second.leaseUntilMs - second.nowMs;
      expect(leftMs > 0 && leftMs <= leaseMs).toBe(true);
    });

    it('of many claims at once one is granted', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => store.claim(claimOf())));
      expect(
        answers
          .map(({ kind }) => kind)
          .toSorted()
          .slice(0, 2),
      ).toEqual(['claimed', 'running']);
    });

    it('names and keys do not run into each other', async () => {
      await granted(store, claimOf({ name: 'a', key: 'b c' }));
      await granted(store, claimOf({ name: 'a b', key: 'c' }));
      await granted(store, claimOf({ name: 'A', key: 'b c' }));
    });

    it('a commit writes the effect, the cursor and the rows together', async () => {
      const hold = await granted(store);
      expect([await commit(hold, 'one'), await commit(hold, 'two')]).toEqual([1, 2]);
      expect(await tested.lines()).toEqual(['one', 'two']);
      await tested.age(leaseMs);
      expect(await store.claim(claimOf())).toEqual({ kind: 'claimed', attempt: 2, rowCount: 2, cursor: '"two"' });
    });

    it('a commit extends the lease', async () => {
      const hold = await granted(store);
      await tested.age(leaseMs - 100_000);
      await commit(hold, 'one');
      await tested.age(leaseMs - 100_000);
      expect(await store.claim(claimOf())).toMatchObject({ kind: 'running' });
    });

    it.each([
      ['the lease is over', undefined],
      ['another worker has taken over', claimOf()],
    ])('nothing is written when %s', async (_what, taken) => {
      const hold = await granted(store);
      await tested.age(leaseMs);
      if (taken !== undefined) await granted(store, { ...taken, holder: `here/2/${taken.holder}` });
      expect(await commit(hold, 'late')).toBeUndefined();
      expect(await store.finish(hold, '"late"', keepMs)).toBe(false);
      expect(await tested.lines()).toEqual([]);
      expect(await store.claim(claimOf({ inputHash: 'bb' }))).toMatchObject({ rowCount: 0 });
    });

    it('a worker that slept until its key was forgotten and claimed anew does not write', async () => {
      const slept = await granted(store);
      await tested.age(leaseMs);
      await store.finish(await granted(store), '1', keepMs);
      await tested.age(keepMs);
      expect(await granted(store)).toMatchObject({ attempt: slept.attempt });
      expect(await commit(slept, 'late')).toBeUndefined();
      expect(await store.finish(slept, '"late"', keepMs)).toBe(false);
      await store.fail(slept, 'Late');
      expect(await store.claim(claimOf())).toMatchObject({ kind: 'running' });
    });

    it('an effect that throws leaves nothing, and its error is passed on', async () => {
      const hold = await granted(store);
      const error = new RangeError('line 3');
      const broken = store.commit(hold, () => {
        throw error;
      });
      await expect(broken).rejects.toBe(error);
      expect(await commit(hold, 'one')).toBe(1);
    });

    it('a finished key keeps its result for as long as it was told', async () => {
      const hold = await granted(store);
      await commit(hold, 'one');
      expect(await store.finish(hold, '{"rows":1}', keepMs)).toBe(true);
      await tested.age(keepMs - 100_000);
      const finished = { kind: 'finished', attempt: 1, rowCount: 1, result: '{"rows":1}' };
      expect(await store.claim(claimOf())).toEqual(finished);
      expect(await store.prune(10)).toBe(0);
      await tested.age(100_000);
      expect(await store.claim(claimOf({ inputHash: 'bb' }))).toMatchObject({ attempt: 1, rowCount: 0, cursor: null });
    });

    it('a failed key is claimed at once, with its cursor', async () => {
      const hold = await granted(store);
      await commit(hold, 'one');
      await store.fail(hold, 'RangeError');
      expect(await store.claim(claimOf())).toEqual({ kind: 'claimed', attempt: 2, rowCount: 1, cursor: '"one"' });
    });

    it('a failure of a worker that was overtaken changes nothing', async () => {
      const late = await granted(store);
      await tested.age(leaseMs);
      await granted(store);
      await store.fail(late, 'RangeError');
      expect(await store.claim(claimOf())).toMatchObject({ kind: 'running', attempt: 2 });
    });

    it.each(['running', 'failed', 'finished'])('another input is refused while the key is %s', async (state) => {
      const hold = await granted(store);
      if (state === 'failed') await store.fail(hold, 'RangeError');
      if (state === 'finished') await store.finish(hold, 'null', keepMs);
      expect(await store.claim(claimOf({ inputHash: 'bb' }))).toMatchObject({ kind: 'input changed', inputHash: 'aa' });
    });

    it('prunes as many finished keys as it may, and no others', async () => {
      for (const key of ['a', 'b', 'c']) await store.finish(await granted(store, claimOf({ key })), 'null', 0);
      await store.fail(await granted(store, claimOf({ key: 'failed' })), 'RangeError');
      await granted(store, claimOf({ key: 'running' }));
      await tested.age(leaseMs);
      expect([await store.prune(2), await store.prune(2), await store.prune(2)]).toEqual([2, 1, 0]);
      expect(await store.claim(claimOf({ key: 'failed' }))).toMatchObject({ attempt: 2 });
    });

    it('tells what ended since a time by its own clock', async () => {
      const { nowMs, ended } = await store.endedSince(undefined);
      expect(ended).toEqual([]);
      await store.fail(await granted(store), 'RangeError');
      await store.finish(await granted(store, claimOf({ key: 'other' })), 'null', keepMs);
      const later = await store.endedSince(nowMs);
      expect(later.ended.map(({ key, state, attempt }) => [key, state, attempt])).toEqual(
        expect.arrayContaining([
          ['orders.csv', 'failed', 1],
          ['other', 'finished', 1],
        ]),
      );
      expect(later.ended.length).toBe(2);
      expect(later.nowMs).toBeGreaterThanOrEqual(nowMs);
      expect((await store.endedSince(later.nowMs + 1)).ended).toEqual([]);
    });

    it('is migrated again without losing anything', async () => {
      await granted(store);
      await migrate(store);
      expect(await store.claim(claimOf())).toMatchObject({ kind: 'running' });
    });
  });
}
