import type { HealthError } from '../errors/health-error.ts';
import { databaseFailed, rowsSkipped, tableMissing } from '../errors/history-errors.ts';
import type { MinuteRecord } from '../recording/minute-record.ts';
import type { History } from './history.ts';
import { lastMinute, parseRecord, printRecord } from './minute-record-codec.ts';
import { readMinute, readPostgresOptions } from './read-history-options.ts';

/**
 * What `postgresHistory` needs of a driver: a pool of `pg` is one.
 *
 * @example
 * ```ts
 * import { postgresHistory, type QueryPool } from '@seaworthy/healthcheck';
 *
 * const asked: string[] = [];
 * const pool: QueryPool = { query: async (text) => ({ rows: asked.push(text) > 1 ? [] : [] }) };
 * await postgresHistory({ pool }).migrate();
 * if (!asked[0]?.includes('"health_minutes"')) throw new Error('no table was asked for');
 * ```
 */
export interface QueryPool {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/**
 * Options of `postgresHistory`.
 *
 * @example
 * ```ts
 * import { postgresHistory, type PostgresHistoryOptions } from '@seaworthy/healthcheck';
 *
 * const options: PostgresHistoryOptions = { pool: { query: async () => ({ rows: [] }) }, table: 'orders_minutes' };
 * const records = await postgresHistory(options).read(0);
 * if (records.length !== 0) throw new Error('a record came from nowhere');
 * ```
 */
export interface PostgresHistoryOptions {
  readonly pool: QueryPool;
  /** Always quoted; with a schema `['monitoring', 'health_minutes']`. @default 'health_minutes' */
  readonly table?: string | readonly [schema: string, table: string];
  /** How far back it reaches: each `append` deletes what is older. @default 1440, one day */
  readonly maxMinutes?: number;
  /** Called when rows were left out. What it throws is dropped. @default `process.emitWarning` */
  readonly onProblem?: (problem: HealthError) => void;
}

/**
 * A history in a table, and what its owner does with the table.
 *
 * @example
 * ```ts
 * import { type PostgresHistory, postgresHistory } from '@seaworthy/healthcheck';
 *
 * const history: PostgresHistory = postgresHistory({ pool: { query: async () => ({ rows: [] }) } });
 * await history.migrate();
 * await history.prune(29_900_000);
 * ```
 */
export interface PostgresHistory extends History {
  /** Creates the table where it is missing; any number of processes may call it at once. */
  migrate(): Promise<void>;
  /** Deletes what is older than that minute. `append` does the same with `maxMinutes`; nothing has to call this. */
  prune(beforeMinute: number): Promise<void>;
}

/**
 * A history in PostgreSQL, for services on several machines. The driver is passed in, and its time-outs apply.
 *
 * Nothing creates the table but `migrate()`: `minute integer, id bigint, record jsonb`. A minute is one query, which also
 * deletes what is older than `maxMinutes`.
 *
 * @throws {HealthError} `HISTORY_OPTIONS_INVALID`, with every option at fault. Each method rejects with `HISTORY_TABLE_MISSING`,
 * `HISTORY_DATABASE_FAILED` or `HISTORY_ARGUMENT_INVALID`; what the database said is only in `cause`.
 * @example
 * ```ts
 * import { postgresHistory } from '@seaworthy/healthcheck';
 *
 * // With pg: new Pool({ connectionString, query_timeout: 5000 })
 * const rows: { record: unknown }[] = [];
 * const pool = {
 *   async query(text: string, values: unknown[] = []) {
 *     if (text.includes('INSERT')) rows.push({ record: values[1] });
 *     return { rows };
 *   },
 * };
 * const history = postgresHistory({ pool });
 * await history.migrate();
 * const idle = { requests: 0, databaseCalls: 0, times: [] };
 * const strata = { hit: idle, miss: idle, none: idle };
 * await history.append({ minute: 29_900_000, releaseId: '1.0.0', requests: 1, errors: 1, strata });
 * const [record] = await history.read(0);
 * if (record?.releaseId !== '1.0.0') throw new Error('the minute is not in the history');
 * ```
 */
export function postgresHistory(options: PostgresHistoryOptions): PostgresHistory {
  const { table, maxMinutes, onProblem } = readPostgresOptions(options);
  const { pool } = options;

  const query = async (text: string, values?: unknown[]): Promise<readonly unknown[]> => {
    try {
      return (await pool.query(text, values)).rows;
    } catch (error) {
      const isMissing = Reflect.get(Object(error), 'code') === '42P01';
      throw isMissing ? tableMissing(table, error) : databaseFailed(table, error);
    }
  };

  return {
    async migrate() {
      const columns = 'minute integer NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY, record jsonb NOT NULL';
      const create = `CREATE TABLE IF NOT EXISTS ${table} (${columns}, PRIMARY KEY (minute, id))`;
      // Two that begin at once both find it missing; the later one fails when the earlier is done, and then finds it.
      await pool.query(create).catch(() => query(create));
    },
    async append(record) {
      const line = printRecord(record);
      const insert = `INSERT INTO ${table} (minute, record) VALUES ($1::integer, $2::jsonb)`;
      const prune = `DELETE FROM ${table} WHERE minute < $1::integer - ${maxMinutes}`;
      await query(`WITH pruned AS (${prune}) ${insert}`, [record.minute, line]);
    },
    async read(sinceMinute) {
      const since = inColumn(readMinute('sinceMinute', sinceMinute));
      const select = `SELECT record::text AS record FROM ${table} WHERE minute >= $1::integer ORDER BY minute, id`;
      const rows = await query(select, [since]);
      const records = rows.map(toRecord).filter((record) => record !== undefined);
      if (records.length < rows.length) onProblem(rowsSkipped(table, rows.length - records.length));
      return records;
    },
    async prune(beforeMinute) {
      const before = inColumn(readMinute('beforeMinute', beforeMinute));
      await query(`DELETE FROM ${table} WHERE minute < $1::integer`, [before]);
    },
  };
}

function toRecord(row: unknown): MinuteRecord | undefined {
  const record: unknown = Reflect.get(Object(row), 'record');
  return typeof record === 'string' ? parseRecord(record) : undefined;
}

/** No row is outside, so the answer is the same. */
const inColumn = (minute: number): number => Math.min(Math.max(minute, 0), lastMinute);
