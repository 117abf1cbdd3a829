import { decideClaim, type LedgerRow } from '../ledger/decide-claim.ts';
import type { Ended, Hold, JobStore, WorkKey } from '../ledger/job-store.ts';

type Row = WorkKey & LedgerRow & { readonly endedAtMs: number | null };

const idOf = ({ name, key }: WorkKey): string => JSON.stringify([name, key]);

/** One turn after the other for each piece of work: what a database does by locking its row. */
class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  take<T>(id: string, step: () => T | Promise<T>): Promise<T> {
    const turn = (this.#last.get(id) ?? Promise.resolve()).then(step);
    const settled = turn.catch(() => undefined);
    this.#last.set(id, settled);
    void settled.then(() => this.#last.get(id) === settled && this.#last.delete(id));
    return turn;
  }
}

/**
 * A ledger in memory, for tests: it ends with the process, and effects are given nothing to write with.
 *
 * What an effect changed before it threw stays changed: there is no transaction to roll back.
 *
 * @param now - the clock, in milliseconds since 1970
 * @example
 * ```ts
 * import { job, memoryStore } from '@seaworthy/jobs';
 *
 * const store = memoryStore();
 * const sent: string[] = [];
 * const greet = () => job({ name: 'greet', key: 'ada', input: null, store }, () => sent.push('hello'));
 * await greet();
 * const { outcome } = await greet();
 * if (outcome !== 'skipped' || sent.length !== 1) throw new Error('it ran twice');
 * ```
 */
export function memoryStore(now: () => number = () => Date.now()): JobStore<undefined> {
  const rows = new Map<string, Row>();
  const turns = new Turns();

  const held = (hold: Hold): Row | undefined => {
    const row = rows.get(idOf(hold));
    const isHeld = row?.state === 'running' && row.attempt === hold.attempt && row.holder === hold.holder;
    return isHeld ? row : undefined;
  };
  const leased = (hold: Hold): Row | undefined => {
    const row = held(hold);
    return row !== undefined && row.leaseUntilMs > now() ? row : undefined;
  };
  const change = (row: Row, changes: Partial<Row>) => rows.set(idOf(row), { ...row, ...changes });

  return {
    effects: 'asynchronous',
    migrate: () => Promise.resolve(),
    claim: (claim) =>
      turns.take(idOf(claim), () => {
        const nowMs = now();
        const answer = decideClaim(rows.get(idOf(claim)), claim, nowMs);
        if (answer.kind !== 'claimed') return answer;
        const { name, key, inputHash, holder, leaseMs } = claim;
        const { attempt, rowCount, cursor } = answer;
        const empty = { result: null, keepUntilMs: null, endedAtMs: null };
        const leaseUntilMs = nowMs + leaseMs;
        const row = { name, key, inputHash, holder, state: 'running', attempt, rowCount, cursor, leaseUntilMs };
        rows.set(idOf(claim), { ...row, ...empty });
        return answer;
      }),
    commit: (hold, effect) =>
      turns.take(idOf(hold), async () => {
        const row = leased(hold);
        if (row === undefined) return undefined;
        const { cursor, rows: added } = await effect(undefined);
        const rowCount = row.rowCount + added;
        change(row, { cursor, rowCount, leaseUntilMs: now() + hold.leaseMs });
        return rowCount;
      }),
    finish: (hold, result, keepMs) =>
      turns.take(idOf(hold), () => {
        const row = leased(hold);
        if (row === undefined) return false;
        const nowMs = now();
        const ends = { leaseUntilMs: nowMs, endedAtMs: nowMs, keepUntilMs: nowMs + keepMs };
        change(row, { state: 'finished', result, ...ends });
        return true;
      }),
    fail: (hold) =>
      turns.take(idOf(hold), () => {
        const row = held(hold);
        if (row !== undefined) change(row, { state: 'failed', leaseUntilMs: now(), endedAtMs: now() });
      }),
    prune(limit) {
      const nowMs = now();
      const old = [...rows].filter(([, { keepUntilMs }]) => keepUntilMs !== null && keepUntilMs <= nowMs);
      const pruned = old.slice(0, limit);
      for (const [id] of pruned) rows.delete(id);
      return Promise.resolve(pruned.length);
    },
    endedSince(sinceMs = Number.POSITIVE_INFINITY) {
      const ended = [...rows.values()].flatMap(({ name, key, state, attempt, endedAtMs }): Ended[] =>
        endedAtMs !== null && endedAtMs >= sinceMs && (state === 'failed' || state === 'finished')
          ? [{ name, key, state, attempt, endedAtMs }]
          : [],
      );
      return Promise.resolve({ nowMs: now(), ended });
    },
  };
}
