import { job, JobError, type JobEnd, type JobRun } from '@seaworthy/jobs';

import { withBackgroundDatabase, type BackgroundDatabase } from './database/background-database.ts';
import { isDatabaseError, isFileSystemError, isPostgresError, isSqliteError } from './driver-errors.ts';
import { importLines, type Progress, type RefusedLine } from './import-csv.ts';
import { importInterrupted, importRunning } from './import-errors.ts';
import { openImportFile, type ImportFile } from './import-file.ts';
import type { Log } from './log.ts';
import type { ServiceSettings } from './settings.ts';

// A batch takes milliseconds, and up to the wait for another writer; an import that was killed can go on when this is over.
const leaseMs = 15_000;

export interface ImportContext {
  readonly settings: ServiceSettings;
  readonly log: Log;
  /** Ends the import after the batch that runs, with its reason. */
  readonly signal: AbortSignal;
}

/**
 * Imports one file into the database of this environment and returns the exit code: 1 when a line was refused.
 *
 * The ledger knows a file by its content, so running it again goes on where it broke off, or says what became of it.
 *
 * @throws {CommandError} for everything that a person can mend.
 */
export async function runImport(path: string, context: ImportContext): Promise<number> {
  const { log, signal } = context;
  const startedAt = performance.now();
  const file = await openImportFile(path, signal);
  const logRefused = (refused: RefusedLine) => log.warn(refused, 'import line refused');
  try {
    const { outcome, result } = await importFile(file, context, logRefused);
    const { imported, alreadyThere, refused, refusedLines } = result;
    if (outcome === 'skipped') refusedLines.forEach(logRefused);
    log[refused === 0 ? 'info' : 'warn'](
      { imported, alreadyThere, refused, durationMs: Math.round(performance.now() - startedAt) },
      outcome === 'succeeded' ? 'import finished' : 'import was finished already',
    );
    return refused === 0 ? 0 : 1;
  } catch (error) {
    throw explained(error);
  } finally {
    await file.close();
  }
}

function importFile(
  file: ImportFile,
  { settings, signal }: ImportContext,
  onRefused: (refused: RefusedLine) => void,
): Promise<JobEnd<Progress>> {
  const { sha256 } = file;
  return withBackgroundDatabase(settings, <Connection>(database: BackgroundDatabase<Connection>) => {
    const run = (given: JobRun<Connection, Progress>) => importLines(given, { file, database, onRefused });
    const options = { name: 'import-orders', key: sha256, input: { sha256 }, store: database.ledger, leaseMs, signal };
    return job(options, run);
  });
}

function explained(error: unknown): unknown {
  if (error instanceof JobError) {
    const [problem] = error.problems;
    if (error.code === 'JOB_RUNNING' && problem !== undefined) return importRunning(problem);
    return importInterrupted(error.cause === undefined ? (problem?.got ?? error.code) : said(error.cause));
  }
  if (isFileSystemError(error)) return importInterrupted(error.message);
  return isDatabaseError(error) ? importInterrupted(said(error)) : error;
}

/** What the driver says of a connection may name an address; what the database itself says does not. */
function said(error: unknown): string {
  return isSqliteError(error) || isPostgresError(error) ? error.message : 'the connection to the database was lost';
}
