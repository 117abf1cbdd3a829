import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describePostgres, startPostgres, type PostgresServer } from '@seaworthy/test-servers';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';

import { commandLine } from './background-commands.ts';
import { runCommand, temporaryFolder } from './running-service.ts';

const openssl = 'openssl req -x509 -nodes -newkey rsa:2048 -days 2 -keyout server.key -out server.crt';

/** A PostgreSQL with a certificate that it has signed itself, for the name `localhost`, is trusted as libpq trusts it. */
export function tlsContract(directory: string): void {
  describePostgres('a PostgreSQL with TLS', () => {
    let postgres: PostgresServer;
    const folder = temporaryFolder();
    const certificate = path.join(folder, 'ca.pem');
    beforeAll(async () => {
      postgres = await startPostgres();
      const client = new pg.Client(postgres.connection);
      await client.connect();
      const names = '-subj /CN=localhost -addext subjectAltName=DNS:localhost';
      await client.query(`COPY (SELECT 1) TO PROGRAM '${openssl} ${names}'`);
      await client.query("COPY (SELECT 1) TO PROGRAM 'chmod 600 server.key'");
      await client.query('ALTER SYSTEM SET ssl = on');
      await client.query('SELECT pg_reload_conf()');
      const { rows } = await client.query<{ pem: string }>("SELECT pg_read_file('server.crt') AS pem");
      writeFileSync(certificate, rows[0]?.pem ?? '');
      await client.end();
    });
    afterAll(async () => {
      rmSync(folder, { recursive: true });
      await postgres.stop();
    });

    const migrate = (query: string, host = '127.0.0.1') => {
      const { user, port, database } = postgres.connection;
      const DATABASE_URL = `postgres://${user}@${host}:${port}/${database}?${query}`;
      // What libpq takes for trusted besides stands in the home directory.
      const HOME = temporaryFolder();
      onTestFinished(() => rmSync(HOME, { recursive: true }));
      return runCommand(directory, commandLine(directory, 'migrate'), {
        DEPLOY_ENVIRONMENT: 'test',
        DATABASE_URL,
        HOME,
      });
    };

    it('is connected to without a question by sslmode=require', () => {
      expect(migrate('sslmode=require')).toMatchObject({ status: 0, stderr: '' });
    });

    it('is connected to by sslmode=verify-full with its certificate and its name alone', () => {
      const query = `sslmode=verify-full&sslrootcert=${certificate}`;
      expect(migrate(query, 'localhost')).toMatchObject({ status: 0, stderr: '' });
      for (const refused of [migrate(query), migrate(`${query}.missing`, 'localhost')]) {
        expect(refused).toMatchObject({ status: 1, stdout: '' });
        expect(refused.stderr).toMatch(/^StartError: .*\n {3}code {6}START_DATABASE_UNREACHABLE\n/);
      }
    });

    it.each(['prefer', 'allow', 'verify-ca', 'requires', ''])(
      'is never asked with sslmode=%s, which not every driver reads alike',
      (mode) => {
        const { status, stderr } = migrate(`sslmode=${mode}`);
        expect(status).toBe(78);
        expect(stderr).toContain('it is not of this form');
      },
    );
  });
}
