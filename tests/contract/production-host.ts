import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { folderOf } from '@seaworthy/test-servers';
import { expect, onTestFinished } from 'vitest';

import { runbookCommands, runLine, startLine } from './runbook-commands.ts';
import { healthToken, temporaryFolder } from './running-service.ts';

/** A folder in which the commands of a service run as in its own, with a var/ of its own: theirs may hold real orders. */
function folderBeside(directory: string): string {
  const folder = temporaryFolder();
  for (const entry of readdirSync(directory).filter((name) => !['.git', 'reports', 'var'].includes(name)))
    symlinkSync(path.join(directory, entry), path.join(folder, entry));
  mkdirSync(path.join(folder, 'var'));
  return folder;
}

/** What the host of a service has: its programs, and what came from the secret store. */
function production(settings: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG } = process.env;
  const programs = [PATH, folderOf(['pg_dump', 'pg_restore'])].filter((part) => part !== undefined).join(':');
  const service = { HTTP_PORT: '0', HTTP_HOST: '127.0.0.1', HEALTH_TOKEN: healthToken };
  return { HOME, LANG, PATH: programs, ...service, DATABASE_URL: 'sqlite:var/production.db', ...settings };
}

/** A host on which the commands of a runbook are typed, in a folder that nobody else uses. */
export function productionHost(directory: string, settings: NodeJS.ProcessEnv = {}) {
  const folder = folderBeside(directory);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const env = production(settings);
  const section = (title: string) => runbookCommands(directory, title);
  const [, , migrating = '', starting = ''] = section('Set up and start');

  /** Runs a line that must succeed, and returns what it printed. */
  function run(line: string): string {
    const { status, stdout, stderr } = runLine(line, folder, env);
    expect(status, `${line}\n${stdout}${stderr}`).toBe(0);
    return stdout;
  }

  const start = (line = starting) => startLine(line, folder, env);
  return {
    folder,
    section,
    run,
    /** Runs a line that may fail. */
    attempt: (line: string) => runLine(line, folder, env),
    migrate: () => run(migrating),
    start,
    async migrateAndStart() {
      run(migrating);
      return start();
    },
    /** Imports orders by the commands of the runbook. */
    importOrders(...orderNumbers: readonly string[]): string[] {
      const rows = orderNumbers.map((orderNumber) => `${orderNumber},S,1\n`);
      writeFileSync(path.join(folder, 'orders.csv'), `orderNumber,sku,quantity\n${rows.join('')}`);
      return section('Import').map(run);
    },
  };
}
