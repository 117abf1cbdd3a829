import { transactionEnded } from '../../errors/job-errors.ts';
import { WrongOptions } from '../../errors/wrong-options.ts';
import { decideClaim } from '../../ledger/decide-claim.ts';
import type { Advance, Claim, ClaimAnswer, Hold, JobStore } from '../../ledger/job-store.ts';
import { hasMethods, isObject } from '../../value-checks.ts';
import { EffectFailed } from '../effect-failed.ts';
import { readEnded, readLedgerRow, readNumber } from '../read-rows.ts';
import { defaultTable, readTableInSchema } from '../table-name.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { postgresStatements } from './postgres-statements.ts';
import { type PostgresClient, PostgresConnections, type PostgresPool } from './postgres-transaction.ts';

/**
 * Options of `postgresStore`.
 *
 * @example
 * ```ts
 * import { type PostgresClient, postgresStore, type PostgresStoreOptions } from '@seaworthy/jobs';
 *
 * const connect = () => Promise.reject(new Error('no database here'));
 * const options: PostgresStoreOptions<PostgresClient> = { pool: { connect }, table: ['work', 'jobs'] };
 * const refused = await postgresStore(options).prune(1).catch((error: unknown) => String(error));
 * if (!String(refused).includes('"work"."jobs"')) throw new Error('another table was used');
 * ```
 */
export interface PostgresStoreOptions<Client extends PostgresClient> {
  readonly pool: PostgresPool<Client>;
  /** Always quoted; with a schema `['work', 'jobs']`. @default 'seaworthy_jobs' */
  readonly table?: string | readonly [schema: string, table: string];
}

function readOptions(options: PostgresStoreOptions<PostgresClient>) {
  const wrong = new WrongOptions('JOB_OPTIONS_INVALID', 'postgresStore');
  wrong.demand(isObject(options), 'options', options, 'an object with pool');
  wrong.throwAny();
  const { pool, table = defaultTable } = options;
  wrong.demand(hasMethods(pool, 'connect'), 'pool', pool, 'a Pool of pg');
  const names = readTableInSchema(table, wrong);
  wrong.throwAny();
  return names;
}

const parametersOf = ({ name, key, attempt, holder }: Hold) => [name, key, attempt, holder];

async function applied<Client>(effect: (db: Client) => Advance | Promise<Advance>, client: Client): Promise<Advance> {
  try {
    return await effect(client);
  } catch (error) {
    throw new EffectFailed(error);
  }
}

/**
 * A ledger in PostgreSQL. Effects get the connection of the transaction and may be asynchronous; the pool of `pg` is passed in.
 *
 * A commit locks the row of its job before the effect, so a claim waits until it is done. Works through PgBouncer in transaction mode: no advisory
 * locks, no prepared statements, nothing outlives a transaction. A worker that stops in the middle of an effect is thrown out by the server
 * once it has sent nothing for a lease. Effects must leave BEGIN, COMMIT and ROLLBACK alone.
 *
 * @throws {JobError} `JOB_OPTIONS_INVALID`, with every option at fault.
 * @example
 * ```ts
 * import { type JobError, postgresStore } from '@seaworthy/jobs';
 *
 * // With pg: postgresStore({ pool: new Pool({ connectionString }) })
 * const store = postgresStore({ pool: { connect: () => Promise.reject(new Error('no database here')) } });
 * const error = await store.prune(100).catch((error: unknown) => error as JobError);
 * if (typeof error === 'number' || error.code !== 'JOB_STORE_FAILED' || !error.retryable) throw error;
 * ```
 */
export function postgresStore<Client extends PostgresClient>(options: PostgresStoreOptions<Client>): JobStore<Client> {
  const names = readOptions(options);
  const sql = postgresStatements(names);
  const connections = new PostgresConnections(options.pool, names.table);

  async function claimOnce(client: Client, claim: Claim): Promise<ClaimAnswer | undefined> {
    const { name, key, inputHash, holder, leaseMs } = claim;
    const inserted = await client.query(sql.insert, [name, key, inputHash, holder, leaseMs]);
    if (inserted.rowCount === 1) return decideClaim(undefined, claim, 0);
    const [row] = (await client.query(sql.select, [name, key])).rows;
    // Pruned between the two statements.
    if (row === undefined) return undefined;
    const answer = decideClaim(readLedgerRow(row), claim, readNumber(row, 'now'));
    if (answer.kind !== 'claimed') return answer;
    const { attempt, cursor, rowCount } = answer;
    await client.query(sql.take, [inputHash, attempt, holder, leaseMs, cursor, rowCount, attempt, name, key]);
    return answer;
  }

  return {
    effects: 'asynchronous',
    migrate: () => migratePostgres(connections, sql.create),
    claim: (claim) =>
      connections.transaction(async (client) => {
        let answer: ClaimAnswer | undefined;
        // oxlint-disable-next-line no-await-in-loop -- one try after the other
        while (answer === undefined) answer = await claimOnce(client, claim);
        return answer;
      }),
    commit: (hold, effect) =>
      connections.transaction(async (client) => {
        const [row] = (await client.query(sql.hold, [hold.leaseMs, ...parametersOf(hold)])).rows;
        if (row === undefined) return undefined;
        const { cursor, rows } = await applied(effect, client);
        const transaction: unknown = Reflect.get(Object(row), 'transaction');
        const { name, key, leaseMs } = hold;
        const advanced = await client.query(sql.advance, [cursor, rows, leaseMs, name, key, transaction]);
        // The row is locked, so nothing but another transaction explains that it was not found.
        if (advanced.rowCount !== 1) throw transactionEnded(names.table);
        return readNumber(row, 'row_count') + rows;
      }),
    finish: (hold, result, keepMs) =>
      connections.transaction(async (client) => {
        const finished = await client.query(sql.finish, [result, keepMs, ...parametersOf(hold)]);
        return finished.rowCount === 1;
      }),
    fail: (hold, error) =>
      connections.transaction(async (client) => {
        await client.query(sql.fail, [error, ...parametersOf(hold)]);
      }),
    prune: (limit) => connections.transaction(async (client) => (await client.query(sql.prune, [limit])).rowCount ?? 0),
    endedSince: (sinceMs) =>
      connections.transaction(async (client) => {
        const [now] = (await client.query(sql.now)).rows;
        const rows = sinceMs === undefined ? [] : (await client.query(sql.ended, [sinceMs])).rows;
        return { nowMs: readNumber(now, 'now'), ended: rows.map(readEnded) };
      }),
  };
}
