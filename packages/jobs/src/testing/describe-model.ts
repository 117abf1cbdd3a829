import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Hold } from '../index.ts';
import type { TestedStore } from './tested-store.ts';

const leaseMs = 1_000_000;
const keepMs = 2_000_000;
/** Sums of it are never near the end of a lease: what the test itself takes changes nothing. */
const stepMs = 400_000;

type Step =
  | { readonly do: 'claim'; readonly key: string; readonly inputHash: string }
  | { readonly do: 'commit' | 'break' | 'finish' | 'fail'; readonly hold: number }
  | { readonly do: 'age'; readonly steps: number }
  | { readonly do: 'prune' };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('claim' as const),
      key: fc.constantFrom('a', 'b'),
      inputHash: fc.constantFrom('x', 'x', 'x', 'y'),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('commit' as const, 'commit' as const, 'break' as const, 'finish' as const, 'fail' as const),
      hold: fc.nat(3),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('age' as const), steps: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'prune' as const }) },
);

interface Row {
  state: 'running' | 'failed' | 'finished';
  inputHash: string;
  attempt: number;
  holder: string;
  leaseUntil: number;
  keepUntil: number;
  cursor: string | null;
  rowCount: number;
  result: string | null;
}

/** The ledger in the plainest words. */
class Model {
  now = 0;
  readonly rows = new Map<string, Row>();
  readonly lines: string[] = [];

  claim(key: string, inputHash: string, holder: string): object {
    let row = this.rows.get(key);
    if (row?.state === 'finished' && row.keepUntil <= this.now) row = undefined;
    if (row !== undefined && row.inputHash !== inputHash) return { kind: 'input changed', inputHash: row.inputHash };
    if (row?.state === 'finished') return { kind: 'finished', result: row.result, attempt: row.attempt };
    if (row?.state === 'running' && row.leaseUntil > this.now) return { kind: 'running', holder: row.holder };
    const { attempt, cursor, rowCount } = row ?? { attempt: 0, cursor: null, rowCount: 0 };
    const leaseUntil = this.now + leaseMs;
    const next: Row = {
      state: 'running',
      inputHash,
      attempt: attempt + 1,
      holder,
      leaseUntil,
      keepUntil: 0,
      cursor,
      rowCount,
      result: null,
    };
    this.rows.set(key, next);
    return { kind: 'claimed', attempt: next.attempt, cursor, rowCount };
  }

  held({ key, attempt, holder }: Hold): Row | undefined {
    const row = this.rows.get(key);
    return row?.state === 'running' && row.attempt === attempt && row.holder === holder ? row : undefined;
  }

  leased(hold: Hold): Row | undefined {
    const row = this.held(hold);
    return row !== undefined && row.leaseUntil > this.now ? row : undefined;
  }
}

/** Any sequence of steps, against the model. */
export function describeModel<Db>(title: string, open: () => Promise<TestedStore<Db>>, numRuns: number): void {
  async function run(steps: readonly Step[]): Promise<void> {
    const { store, rollsBack, write, lines, age } = await open();
    const model = new Model();
    const holds: Hold[] = [];
    let count = 0;

    const commit = (hold: Hold, line: string, breaks: boolean) =>
      store.commit(hold, (db) => {
        const written = write(db, line);
        const end = () => {
          if (breaks) throw new RangeError(line);
          return { cursor: `"${line}"`, rows: 2 };
        };
        return written instanceof Promise ? written.then(end) : end();
      });

    async function takeHeld(step: Extract<Step, { hold: number }>, hold: Hold): Promise<void> {
      const row = step.do === 'fail' ? model.held(hold) : model.leased(hold);
      if (step.do === 'fail') {
        await store.fail(hold, 'RangeError');
        if (row !== undefined) row.state = 'failed';
      } else if (step.do === 'finish') {
        expect(await store.finish(hold, `${count}`, keepMs)).toBe(row !== undefined);
        if (row !== undefined)
          Object.assign(row, { state: 'finished', result: `${count}`, keepUntil: model.now + keepMs });
      } else if (step.do === 'break' && row !== undefined) {
        await expect(commit(hold, `line ${count}`, true)).rejects.toThrow(RangeError);
        if (!rollsBack) model.lines.push(`line ${count}`);
      } else {
        const line = `line ${count}`;
        expect(await commit(hold, line, step.do === 'break')).toBe(row === undefined ? undefined : row.rowCount + 2);
        if (row === undefined) return;
        Object.assign(row, { cursor: `"${line}"`, rowCount: row.rowCount + 2, leaseUntil: model.now + leaseMs });
        model.lines.push(line);
      }
    }

    async function take(step: Step): Promise<void> {
      count += 1;
      if (step.do === 'claim') {
        const work = { name: 'model', key: step.key, inputHash: step.inputHash, holder: `here/1/${count}`, leaseMs };
        const answer = await store.claim(work);
        expect(answer).toMatchObject(model.claim(step.key, step.inputHash, work.holder));
        if (answer.kind === 'claimed') holds.unshift({ ...work, attempt: answer.attempt });
      } else if (step.do === 'age') {
        await age(step.steps * stepMs);
        model.now += step.steps * stepMs;
      } else if (step.do === 'prune') {
        const old = [...model.rows].filter(([, row]) => row.state === 'finished' && row.keepUntil <= model.now);
        expect(await store.prune(100)).toBe(old.length);
        for (const [key] of old) model.rows.delete(key);
      } else {
        const hold = holds[step.hold];
        if (hold !== undefined) await takeHeld(step, hold);
      }
    }

    // oxlint-disable-next-line no-await-in-loop -- one step after the other
    for (const step of steps) await take(step);
    expect(await lines()).toEqual(model.lines);
  }

  describe(`${title}: any sequence of steps`, () => {
    it('ends as the model says', async () => {
      let claimed = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 40 }), async (steps) => {
          claimed += steps.filter((step) => step.do === 'claim').length;
          await run(steps);
        }),
        { numRuns },
      );
      expect(claimed).toBeGreaterThan(numRuns / 2);
    });
  });
}
