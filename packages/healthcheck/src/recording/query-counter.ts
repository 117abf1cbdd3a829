import { AsyncResource } from 'node:async_hooks';

import { wrongValue } from '../errors/wrong-values.ts';

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** A pool or a connection with the methods of `pg` or `mysql2`. */
interface Driver extends Record<PropertyKey, unknown> {
  readonly query: Method;
}

const statements = ['query', 'execute'];
/** What hands out a connection of a pool, to a callback or as a promise. */
const checkOuts = ['connect', 'getConnection'];

/**
 * Counts every statement of a pool or a connection, and of the connections that the pool hands out.
 *
 * Methods are replaced on the object itself and call the one before with the same `this`, arguments and result, so that
 * promises, cursors and streams stay as they are.
 */
export class QueryCounter {
  readonly #onQuery: () => void;
  readonly #counted = new WeakSet<object>();
  /** Connections of a pool: whether somebody checked them out, or they run a statement that the pool itself was given. */
  readonly #connections = new WeakMap<object, { checkedOut: boolean }>();

  constructor(onQuery: () => void) {
    this.#onQuery = onQuery;
  }

  /** @throws {HealthError} for anything without a method `query`. */
  count(driver: unknown): void {
    if (!hasQuery(driver)) {
      const expected = 'a pool or a connection with a method query, such as those of pg and mysql2';
      throw wrongValue('HEALTH_ARGUMENT_INVALID', 'driver', driver, expected);
    }
    if (this.#counted.has(driver) || this.#connections.has(driver)) return;
    this.#counted.add(driver);
    const onQuery = this.#onQuery;
    const adopt = (connection: unknown, checkedOut: boolean): void => this.#adopt(connection, checkedOut);
    let ofPool = false;

    replace(driver, statements, (statement) => {
      return function counted(...args) {
        onQuery();
        ofPool = true;
        try {
          return statement.apply(this, args.map(inContext));
        } finally {
          ofPool = false;
        }
      };
    });
    replace(driver, checkOuts, (checkOut) => {
      return function counted(callback, ...rest) {
        // A pool checks out for its own statements too, which are counted already.
        const checkedOut = !ofPool;
        if (typeof callback === 'function') {
          const handOut = (error: unknown, connection: unknown, ...more: unknown[]): unknown => {
            adopt(connection, checkedOut);
            return (callback as Method)(error, connection, ...more);
          };
          return checkOut.call(this, inContext(handOut), ...rest);
        }
        const waiting = checkOut.call(this, callback, ...rest);
        if (!isThenable(waiting)) return waiting;
        return waiting.then((connection) => {
          adopt(connection, checkedOut);
          return connection;
        });
      };
    });
  }

  #adopt(connection: unknown, checkedOut: boolean): void {
    if (!hasQuery(connection) || this.#counted.has(connection)) return;
    const known = this.#connections.get(connection);
    if (known !== undefined) {
      known.checkedOut = checkedOut;
      return;
    }
    const state = { checkedOut };
    this.#connections.set(connection, state);
    const onQuery = this.#onQuery;
    replace(connection, statements, (statement) => {
      return function counted(...args) {
        if (!state.checkedOut) return statement.apply(this, args);
        onQuery();
        return statement.apply(this, args.map(inContext));
      };
    });
  }
}

/** A driver calls back out of the event of a connection that other requests use too. */
const inContext = (argument: unknown): unknown =>
  typeof argument === 'function' ? AsyncResource.bind(argument as Method) : argument;

function replace(driver: Driver, names: readonly string[], wrap: (method: Method) => Method): void {
  for (const name of names) {
    const method = driver[name];
    if (typeof method !== 'function') continue;
    const value = wrap(method as Method);
    Object.defineProperty(driver, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

const hasQuery = (value: unknown): value is Driver =>
  typeof value === 'object' && value !== null && 'query' in value && typeof value.query === 'function';

const isThenable = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
