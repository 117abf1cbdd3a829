import { sql } from 'kysely';

import { isSqlite } from '../database/is-sqlite.ts';
import type { Database } from '../database/tables.ts';
import type { ServiceSettings } from '../settings.ts';

/** An answer that is given again to the same request. */
export interface KeptAnswer {
  readonly status: number;
  readonly body: string;
  readonly location: string | null;
}

/** What a request with a key is known by. */
export interface KeyedRequest {
  readonly key: string;
  readonly sha256: string;
}

// Ten times as many as come between: those that are too old become fewer, however many there were.
const answersPerPrune = 100;
const prunedAtOnce = 1_000;

/** The answers that were given under idempotency keys, for as long as they are kept. */
export class AnswerStore {
  readonly #ttlMs: number;
  /** SQLite locks no rows: one transaction writes at a time. */
  readonly #locksRows: boolean;
  #answers = 0;

  constructor(settings: Pick<ServiceSettings['service'], 'idempotencyKeyTtlMs' | 'databaseUrl'>) {
    this.#ttlMs = settings.idempotencyKeyTtlMs;
    this.#locksRows = !isSqlite(settings.databaseUrl);
  }

  /** Nothing where the key is new; `another request` where it was used with another body. */
  async find(database: Database, { key, sha256 }: KeyedRequest): Promise<KeptAnswer | 'another request' | undefined> {
    const row = await database
      .selectFrom('idempotency_keys')
      .select(['request_sha256', 'status', 'body', 'location'])
      .where('key', '=', key)
      .where('created_at_ms', '>', this.#expired())
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { request_sha256: stored, ...answer } = row;
    return stored === sha256 ? answer : 'another request';
  }

  /** Keeps an answer, waiting for a transaction that keeps one under the same key; false when that has kept its own. */
  async keep(database: Database, { key, sha256 }: KeyedRequest, answer: KeptAnswer): Promise<boolean> {
    const values = { ...answer, request_sha256: sha256, created_at_ms: Date.now() };
    const kept = await database
      .insertInto('idempotency_keys')
      .values({ key, ...values })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet(values).where('idempotency_keys.created_at_ms', '<=', this.#expired()),
      )
      .returning('key')
      .executeTakeFirst();
    return kept !== undefined;
  }

  /** Called once for each answer; the first of a process prunes, and then each hundredth: it costs the others nothing. */
  async pruneNowAndThen(database: Database): Promise<void> {
    if (this.#answers % answersPerPrune === 0) await this.prune(database);
    this.#answers += 1;
  }

  /** Deletes some of those that are too old; two at once do not wait for each other, nor meet in different orders. */
  async prune(database: Database): Promise<void> {
    const expired = database
      .selectFrom('idempotency_keys')
      .select('key')
      .where('created_at_ms', '<=', this.#expired())
      .limit(prunedAtOnce)
      .$if(this.#locksRows, (query) => query.forUpdate().skipLocked());
    const keys = this.#locksRows
      ? // An array is read once; a plain IN may be read again for each row, with other rows each time.
        sql<boolean>`key = ANY(ARRAY(${expired}))`
      : sql<boolean>`key IN (${expired})`;
    await database.deleteFrom('idempotency_keys').where(keys).execute();
  }

  #expired(): number {
    return Date.now() - this.#ttlMs;
  }
}
