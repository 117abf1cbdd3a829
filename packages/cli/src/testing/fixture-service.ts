import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { onTestFinished } from 'vitest';

/** What the settings command of a fixture prints for its words, and how it ends. */
export interface FixtureAnswer {
  readonly stdout?: string | object;
  readonly stderr?: string;
  readonly exit?: number;
}

/** A folder that is gone when the test is over. */
export function temporaryFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'seaworthy-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

/** A service whose settings command is a Node program. */
export function programService(program: string, files: Readonly<Record<string, string>> = {}): string {
  const commands = { settings: `"${process.execPath}" settings.mjs`, setup: 'make setup' };
  const facts = { name: 'orders-api', owner: 'team-orders', commands };
  return temporaryFolder({ 'service.json': JSON.stringify(facts), 'settings.mjs': program, ...files });
}

/** A service whose settings command gives these answers to these words, and fails for others. */
export function answeringService(
  answers: Readonly<Record<string, FixtureAnswer>>,
  files: Readonly<Record<string, string>> = {},
): string {
  const program = `
    const answer = ${JSON.stringify(answers)}[process.argv.slice(2).join(' ')] ?? { stderr: 'usage: settings\\n', exit: 64 };
    const { stdout = '', stderr = '', exit = 0 } = answer;
    process.stdout.write(typeof stdout === 'string' ? stdout : JSON.stringify(stdout));
    process.stderr.write(stderr);
    process.exitCode = exit;`;
  return programService(program, files);
}
