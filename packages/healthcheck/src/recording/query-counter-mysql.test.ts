import { createPool as createCallbackPool } from 'mysql2';
import { createConnection, createPool } from 'mysql2/promise';
import { beforeEach, describe, expect, it } from 'vitest';
import { createHealth } from '../create-health.ts';
import type { Health } from '../health.ts';
import { callsOf } from '../testing/calls-of.ts';
import { startMysql } from '../testing/mysql-server.ts';

describe('counting the statements of mysql2', () => {
  let health: Health;
  let connection: { readonly host: string; readonly port: number; readonly user: string };

  beforeEach(async () => {
    const server = await startMysql();
    health = createHealth({ serviceId: 'orders', releaseId: '1' });
    connection = { host: '127.0.0.1', port: server.port, user: 'orders' };
    return () => server.stop();
  });

  it('counts what a pool is asked for the request that asked, while all wait for one connection', async () => {
    const pool = health.countQueries(createPool({ ...connection, connectionLimit: 1 }));
    const counts = [1, 2, 3, 4, 5];
    const calls = counts.map((count) =>
      callsOf(health, async () => {
        for (let call = 0; call < count; call += 1) {
          // oxlint-disable-next-line no-await-in-loop -- one after the other
          await pool.query('UPDATE orders SET quantity = 1');
        }
      }),
    );
    expect(await Promise.all(calls)).toEqual(counts);
    await pool.end();
  });

  it('counts what a connection of the pool is asked', async () => {
    const pool = health.countQueries(createPool({ ...connection, connectionLimit: 1 }));
    const work = async () => {
      const client = await pool.getConnection();
      await client.query('BEGIN');
      await client.query('UPDATE orders SET quantity = 1');
      await client.query('COMMIT');
      client.release();
      await pool.query('UPDATE orders SET quantity = 2');
    };
    expect(await Promise.all([callsOf(health, work), callsOf(health, work)])).toEqual([4, 4]);
    await pool.end();
  });

  it('counts with callbacks, and keeps the marks in them', async () => {
    const pool = health.countQueries(createCallbackPool({ ...connection, connectionLimit: 1 }));
    const query = () => new Promise<void>((resolve) => pool.query('UPDATE orders SET quantity = 1', () => resolve()));
    const checkedOut = () =>
      new Promise<void>((resolve, reject) => {
        pool.getConnection((error, client) => {
          if (error !== null) {
            reject(error);
            return;
          }
          client.query('UPDATE orders SET quantity = 2', () => {
            health.db(10);
            client.release();
            resolve();
          });
        });
      });
    const calls = [query, checkedOut, query, checkedOut].map((work) => callsOf(health, work));
    expect(await Promise.all(calls)).toEqual([1, 11, 1, 11]);
    await new Promise((resolve) => pool.end(resolve));
  });

  it('counts what a connection publishes', async () => {
    const client = await createConnection(connection);
    for (let time = 0; time < 2; time += 1) health.countPublished('tracing:mysql2:query:start');
    const work = () => client.query('UPDATE orders SET quantity = 1');
    expect(await callsOf(health, work)).toBe(1);
    health.close();
    expect(await callsOf(health, work)).toBe(0);
    await client.end();
  });
});

describe('a channel', () => {
  it.each([undefined, null, '', 5, Symbol.iterator])('named %s is refused', (channel) => {
    const health = createHealth({ serviceId: 'orders', releaseId: '1' });
    expect(() => health.countPublished(channel as string)).toThrow('1. channel  HEALTH_ARGUMENT_INVALID');
  });
});
