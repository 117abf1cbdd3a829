import { JobError } from '../../errors/job-error.ts';
import { storeFailed } from '../../errors/job-errors.ts';
import { EffectFailed } from '../effect-failed.ts';
import { postgresFailure, sqlStateOf } from './postgres-failure.ts';

/** What a statement answers. */
export interface PostgresAnswer {
  readonly rows: readonly unknown[];
  readonly rowCount: number | null;
}

/**
 * What `postgresStore` needs of a connection: a `PoolClient` of `pg` is one.
 *
 * @example
 * ```ts
 * import { migrate, type PostgresClient, postgresStore } from '@seaworthy/jobs';
 *
 * const statements: string[] = [];
 * const client: PostgresClient = {
 *   query: async (text) => ({ rows: [], rowCount: statements.push(text) }),
 *   release: () => undefined,
 *   on: () => undefined,
 *   off: () => undefined,
 * };
 * await migrate(postgresStore({ pool: { connect: async () => client } }));
 * if (!statements.join().includes('"seaworthy_jobs"')) throw new Error('no table was asked for');
 * ```
 */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<PostgresAnswer>;
  /** With true the connection is closed and not used again. */
  release(destroy?: boolean): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
}

/** What `postgresStore` needs of a driver: a `Pool` of `pg` is one. */
export interface PostgresPool<Client> {
  connect(): Promise<Client>;
  /** Not used. With it TypeScript finds the type of the client in the type of `pg`. */
  connect(callback: never): void;
}

/** Transactions of one table's ledger, each on a connection that is taken from the pool and given back. */
export class PostgresConnections<Client extends PostgresClient> {
  readonly #pool: PostgresPool<Client>;
  readonly #table: string;

  constructor(pool: PostgresPool<Client>, table: string) {
    this.#pool = pool;
    this.#table = table;
  }

  /** @throws {JobError} and what an effect threw, in both cases rolled back. */
  async transaction<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    let isLost = false;
    // An event 'error' that nobody listens to ends the process; the statement that was waiting fails as well, and says so.
    const onError = () => {
      isLost = true;
    };
    client.on('error', onError);
    try {
      // What another level would do to a row that was locked meanwhile is an error; this one reads it again.
      await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
      const value = await work(client);
      await client.query('COMMIT');
      return value;
    } catch (error) {
      // On a connection that hangs a ROLLBACK would take as long again.
      if (!isLost) isLost = isFromConnection(error) || !(await rollBack(client));
      throw postgresFailure(this.#table, error, isLost);
    } finally {
      client.off('error', onError);
      client.release(isLost);
    }
  }

  async #connect(): Promise<Client> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw storeFailed(this.#table, error, { canHeal: true });
    }
  }
}

/** What `pg` says of a statement that it has given up after `query_timeout`, and that its connection still waits for. */
const givenUp = 'Query read timeout';

/** True for what a statement of the ledger failed with and the server did not say, and for what an effect says of a statement that hangs. */
function isFromConnection(thrown: unknown): boolean {
  if (thrown instanceof EffectFailed) return thrown.thrown instanceof Error && thrown.thrown.message === givenUp;
  return !(thrown instanceof JobError) && sqlStateOf(thrown) === '';
}

/** False when the connection answers no longer: the server has rolled back, or will. */
async function rollBack(client: PostgresClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}
