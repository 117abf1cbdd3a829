import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describePostgres } from '@seaworthy/test-servers';
import { expect, it } from 'vitest';

import { query } from './background-commands.ts';
import { ask, postOrder } from './http-client.ts';
import { ownServers } from './own-servers.ts';
import { productionHost } from './production-host.ts';

const timeout = 180_000;
const sqliteTables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
const postgresTables = "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename";

/** What its runbook says about backups brings back every row, and the ledger with them. */
export function backupContract(directory: string): void {
  it('backs up and restores SQLite, also after a crash', { timeout }, async () => {
    const host = productionHost(directory);
    const [backUp = '', restore = ''] = host.section('SQLite');
    const file = path.join(host.folder, 'var/production.db');
    const everything = () =>
      query(file, sqliteTables).map(({ name }) => [name, query(file, `SELECT * FROM ${String(name)}`)]);
    const storeAndCrash = async (orderNumber: string) => {
      const service = await host.start();
      expect((await postOrder(service.address, orderNumber)).status).toBe(201);
      await service.stop('SIGKILL');
    };
    host.migrate();
    host.importOrders('A-1000');
    await storeAndCrash('A-1001');
    // Before anybody opens the database, which would tidy up after the crash.
    expect(existsSync(`${file}-wal`)).toBe(true);
    host.run(backUp);
    const kept = everything();
    host.importOrders('A-1003');
    await storeAndCrash('A-1002');
    host.run(restore);
    expect(everything()).toEqual(kept);
    const service = await host.migrateAndStart();
    expect(await newest(service.address)).toEqual(['A-1001', 'A-1000']);
    expect(await service.stop()).toBe(0);
  });

  describePostgres('with PostgreSQL', () => {
    async function onPostgres() {
      const { newDatabase, query: ofServer } = await ownServers();
      const { database, env } = await newDatabase();
      const select = (sql: string) => ofServer(sql, database);
      const host = productionHost(directory, env);
      const [backUp = '', restore = ''] = host.section('PostgreSQL');
      return { host, select, backUp, restore };
    }

    it('backs up and restores', { timeout }, async () => {
      const { host, select, backUp, restore } = await onPostgres();
      const everything = async () => {
        const names = (await select(postgresTables)).map(({ name }) => String(name));
        return Promise.all(names.map(async (name) => [name, await select(`SELECT * FROM ${name} ORDER BY 1`)]));
      };
      const before = await host.migrateAndStart();
      host.importOrders('A-1000');
      expect((await postOrder(before.address, 'A-1001')).status).toBe(201);
      host.run(backUp);
      const kept = await everything();
      host.importOrders('A-1003');
      host.section('Scheduled job').forEach(host.run);
      expect((await postOrder(before.address, 'A-1002')).status).toBe(201);
      const later = await everything();
      expect(later.map(([name]) => name)).toEqual(kept.map(([name]) => name));
      expect(later).not.toEqual(kept);
      expect(await before.stop()).toBe(0);

      host.run(restore);
      expect(await everything()).toEqual(kept);
      const after = await host.migrateAndStart();
      expect(await newest(after.address)).toEqual(['A-1001', 'A-1000']);
      // What counts up went back as well.
      expect((await postOrder(after.address, 'A-1004')).status).toBe(201);
      expect(await after.stop()).toBe(0);

      const [, secondHalf = ''] = restore.split(' && ');
      host.run(secondHalf.replace('var/dump-', 'var/aside-'));
      expect(await everything()).toEqual(later);
    });

    it('keeps everything when the dump is damaged', { timeout }, async () => {
      const { host, select, backUp, restore } = await onPostgres();
      host.migrate();
      host.run(backUp);
      await select("INSERT INTO orders (order_number, sku, quantity, created_at) VALUES ('A-1', 'S', 1, '')");
      const [dump = ''] = readdirSync(path.join(host.folder, 'var')).filter((name) => name.startsWith('dump-'));
      const file = path.join(host.folder, 'var', dump);
      writeFileSync(file, readFileSync(file).subarray(0, -100));
      expect(host.attempt(restore).status).not.toBe(0);
      expect(await select('SELECT order_number FROM orders')).toEqual([{ order_number: 'A-1' }]);
    });
  });
}

async function newest(address: string): Promise<string[]> {
  const { json } = await ask(`${address}/orders`);
  return (json as { orders: readonly { orderNumber: string }[] }).orders.map(({ orderNumber }) => orderNumber);
}
