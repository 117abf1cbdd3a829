import { appendFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { commandLine, endLeases, holdElsewhere, query } from './background-commands.ts';
import { migrate, readFacts, startCommand, temporaryFolder } from './running-service.ts';

const header = 'orderNumber,sku,quantity\n';
const rowCount = 60_000;
const timeout = 120_000;

/** Importing is safe to run again, whatever became of it before. */
export function importAgainContract(directory: string): void {
  const { owner } = readFacts(directory);
  let folder: string;
  let file: string;
  let databaseFile: string;
  beforeEach(() => {
    folder = temporaryFolder();
    file = path.join(folder, 'orders.csv');
    databaseFile = path.join(folder, 'orders.db');
    migrate(directory, { DATABASE_URL: `sqlite:${databaseFile}` });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const start = (from = file) =>
    startCommand(directory, `${commandLine(directory, 'import')} ${from}`, {
      DATABASE_URL: `sqlite:${databaseFile}`,
      DEPLOY_ENVIRONMENT: 'test',
    });
  const run = (from = file) => start(from).ended;
  const storedRows = () => Number(query(databaseFile, 'SELECT count(*) AS count FROM orders')[0]?.['count']);

  /** Starts the import of a long file, and comes back when some of it is stored. */
  async function startLong() {
    const rows = Array.from({ length: rowCount }, (_, index) => `A-${String(index).padStart(6, '0')},S,1\n`);
    writeFileSync(file, header + rows.join(''));
    const started = start();
    const hasBegun = () => {
      try {
        return storedRows() > 0;
      } catch {
        // There is no table yet.
        return false;
      }
    };
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    while (!started.hasEnded() && !hasBegun()) await delay(10);
    return started;
  }

  /** Imports the file again, to its end: had it begun again, rows would be there already. */
  async function expectToGoOn(): Promise<void> {
    const before = storedRows();
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(rowCount);
    const { status, lines, stderr } = await run();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(lines).toMatchObject([{ message: 'import finished', imported: rowCount, alreadyThere: 0, refused: 0 }]);
    expect(storedRows()).toBe(rowCount);
  }

  it('says of the same content again what became of it, and ends in the same way', async () => {
    writeFileSync(file, `${header}A-1001,S,1\nA-1002,S,many\nA-1003,S\n`);
    const first = await run();
    const moved = path.join(folder, 'moved.csv');
    renameSync(file, moved);
    const again = await run(moved);
    expect(first.status).toBe(1);
    expect(again).toMatchObject({ status: first.status, stderr: '' });
    const told = (lines: typeof first.lines) => lines.map(({ time: _time, durationMs: _durationMs, ...rest }) => rest);
    const [broken, short, finished] = told(first.lines);
    expect(finished).toEqual({ level: 'warn', message: 'import finished', imported: 1, alreadyThere: 0, refused: 2 });
    expect(told(again.lines)).toEqual([broken, short, { ...finished, message: 'import was finished already' }]);
    expect(storedRows()).toBe(1);
  });

  it('imports every row once when it was killed in the middle', { timeout }, async () => {
    const { kill, ended } = await startLong();
    kill('SIGKILL');
    await ended;
    const { status, lines, stderr } = await run();
    expect({ status, lines }).toEqual({ status: 75, lines: [] });
    expect(stderr).toMatch(
      new RegExp(`^ImportError: the same file is being imported elsewhere\\. Nothing was imported\\.
   code      IMPORT_RUNNING
   got       held by \\S+/\\d+/[0-9a-f]{6} until \\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z, by the clock of the database
   expected  nobody else at work on it
   fix       nothing, when the other worker is at it; one that died holds it until then
   retry     yes: in \\d+ ms, if it has not finished by then
   owner     ${owner}
$`),
    );
    endLeases(databaseFile);
    await expectToGoOn();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'stops after a batch on %s, and goes on at once',
    { timeout },
    async (name) => {
      const { kill, ended } = await startLong();
      kill(name);
      expect(await ended).toEqual({
        status: 1,
        lines: [],
        stderr: `ImportError: the import was stopped. The batches before it are stored.
   code      IMPORT_STOPPED
   got       a signal to stop
   expected  time to come to the end of the file
   fix       import the same file
   retry     yes: the same file goes on after the last batch that is stored
   owner     ${owner}
`,
      });
      expect(storedRows() % 500).toBe(0);
      await expectToGoOn();
    },
  );

  it('does not finish a file that changes meanwhile', { timeout }, async () => {
    const { ended } = await startLong();
    appendFileSync(file, 'A-9999999,S,1\n');
    expect(await ended).toEqual({
      status: 1,
      lines: [],
      stderr: `ImportError: the file changed while it was imported. The batches before it are stored.
   code      IMPORT_FILE_CHANGED
   got       other content than at the beginning
   expected  a file that is complete before it is imported
   fix       let whatever writes the file finish, then import it again
   retry     yes: rows that are stored already are left as they are
   owner     ${owner}
`,
    });
    expect(await run()).toMatchObject({ status: 0, lines: [{ imported: 1, alreadyThere: rowCount, refused: 0 }] });
  });

  it('leaves an import alone that runs elsewhere', async () => {
    writeFileSync(file, `${header}A-1001,S,1\n`);
    await run();
    holdElsewhere(databaseFile);
    const { status, lines, stderr } = await run();
    expect({ status, lines }).toEqual({ status: 75, lines: [] });
    expect(stderr).toContain('   got       held by host/1/abcdef until 3000-01-01T00:00:00.000Z, by the clock');
  });

  it('says why it broke off when the database fails, and goes on from there', async () => {
    writeFileSync(file, header);
    await run();
    query(databaseFile, "CREATE TRIGGER t BEFORE INSERT ON orders BEGIN SELECT RAISE(FAIL, 'no more today'); END");
    writeFileSync(file, `${header}A-1001,S,1\n`);
    expect(await run()).toEqual({
      status: 1,
      lines: [],
      stderr: `ImportError: the import broke off. The batches before it are stored.
   code      IMPORT_INTERRUPTED
   got       no more today
   expected  a file that can be read and a database that can be written to the end
   fix       free the disk or stop what holds the database, then import the same file
   retry     yes: the same file goes on after the last batch that is stored
   owner     ${owner}
`,
    });
    query(databaseFile, 'DROP TRIGGER t');
    expect(await run()).toMatchObject({ status: 0, lines: [{ imported: 1 }] });
  });

  it.each([
    ['nothing', ''],
    ['two files', 'a.csv b.csv'],
  ])('refuses %s for a file', async (_what, named) => {
    const { status, lines, stderr } = await run(named);
    expect({ status, lines }).toEqual({ status: 64, lines: [] });
    expect(stderr).toMatch(/^ImportError: no file was named\. Nothing was imported\.\n {3}code {6}IMPORT_FILE_MISSING/);
  });
}
