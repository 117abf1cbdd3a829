import { DatabaseSync } from 'node:sqlite';

import { readFacts } from './running-service.ts';

const modules = { migrate: 'migrate', import: 'import_orders', job: 'run_job', 'cache-clear': 'clear_cache' } as const;

/** What `make import` and the like start, which have exit codes of their own: make answers each failure with 2. */
export function commandLine(directory: string, command: keyof typeof modules): string {
  const { language, name } = readFacts(directory);
  if (language === 'node') return `npm run --silent ${command} --`;
  return `.venv/bin/python -m ${name.replaceAll('-', '_')}.${modules[command]}`;
}

/** Runs a statement in the database of a service, on a connection of its own. */
export function query(databaseFile: string, sql: string): Readonly<Record<string, unknown>>[] {
  const connection = new DatabaseSync(databaseFile, { timeout: 20_000 });
  try {
    return connection.prepare(sql).all();
  } finally {
    connection.close();
  }
}

/** As if another process were at work on everything that the ledger knows. */
export function holdElsewhere(databaseFile: string): void {
  const held = "state = 'running', holder = 'host/1/abcdef', lease_until = 32503680000000";
  query(databaseFile, `UPDATE seaworthy_jobs SET ${held}`);
}

/** As if the lease of a process that was killed had run out. */
export function endLeases(databaseFile: string): void {
  query(databaseFile, 'UPDATE seaworthy_jobs SET lease_until = 1');
}
