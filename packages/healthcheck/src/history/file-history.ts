import { HealthError } from '../errors/health-error.ts';
import { fileFailed } from '../errors/history-errors.ts';
import type { MinuteRecord } from '../recording/minute-record.ts';
import { listFull } from './file-names.ts';
import { FileWriter } from './file-writer.ts';
import type { History } from './history.ts';
import { inspectFile, type InspectedFile, setAside } from './inspect-file.ts';
import { printRecord } from './minute-record-codec.ts';
import { readFileOptions, readMinute } from './read-history-options.ts';
import type { OnHistoryProblem } from './report-problem.ts';

/**
 * Options of `fileHistory`.
 *
 * @example
 * ```ts
 * import { fileHistory, type FileHistoryOptions } from '@seaworthy/healthcheck';
 *
 * const options: FileHistoryOptions = { path: '/var/lib/orders/history.jsonl', maxMinutes: 2880 };
 * if (typeof fileHistory(options).read !== 'function') throw new Error('no history was opened');
 * ```
 */
export interface FileHistoryOptions {
  /** A file of its own, on a disk of this machine. Its folder is created when a minute is written. */
  readonly path: string;
  /** How far back it reaches, at least; a quarter more may be kept. @default 1440, one day */
  readonly maxMinutes?: number;
  /** Called when a file was set aside. What it throws is dropped. @default `process.emitWarning` */
  readonly onProblem?: (problem: HealthError) => void;
}

/**
 * A history in a file: one JSON record a line, which is only ever appended to.
 *
 * A process that is killed leaves at most one line cut off, which is left out. When the file spans a quarter of
 * `maxMinutes` it is renamed to `<path>.<minute>-<random>` and the next one begins; the oldest are deleted. A file that
 * holds anything else is renamed to `<path>.set-aside-<time>-<random>`, said through `onProblem` and never deleted.
 *
 * Several processes may share the path: a line is one write in append mode, which a local disk does not mix with
 * another, and no process ever rewrites a file. On a network file system use `postgresHistory`. Nothing is synced to
 * the disk: a machine that loses power may lose its last minutes.
 *
 * @throws {HealthError} `HISTORY_OPTIONS_INVALID`, with every option at fault. `append` and `read` reject with `HISTORY_FILE_FAILED` on a full disk or
 * in a folder without the right to write, and with `HISTORY_ARGUMENT_INVALID`; the next call tries again.
 * @example
 * ```ts
 * import { mkdtemp, rm } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import path from 'node:path';
 * import { fileHistory } from '@seaworthy/healthcheck';
 *
 * const folder = await mkdtemp(path.join(tmpdir(), 'orders-'));
 * const history = fileHistory({ path: path.join(folder, 'history.jsonl') });
 * const idle = { requests: 0, databaseCalls: 0, times: [] };
 * const strata = { hit: idle, miss: { requests: 1, databaseCalls: 3, times: [[96, 1]] as const }, none: idle };
 * await history.append({ minute: 29_900_000, releaseId: '1.0.0', requests: 1, errors: 0, strata });
 *
 * const [record] = await history.read(29_899_000);
 * if (record?.strata.miss.databaseCalls !== 3) throw new Error('the minute is not in the history');
 * await rm(folder, { recursive: true });
 * ```
 */
export function fileHistory(options: FileHistoryOptions): History {
  const { file, maxMinutes, onProblem } = readFileOptions(options);
  const writer = new FileWriter(file, maxMinutes, onProblem);
  return {
    async append(record) {
      const line = printRecord(record);
      await naming(file, () => writer.append(record.minute, line));
    },
    async read(sinceMinute) {
      const since = readMinute('sinceMinute', sinceMinute);
      const records = await naming(file, () => readAll(file, onProblem));
      return records.filter(({ minute }) => minute >= since);
    },
  };
}

async function naming<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof HealthError ? error : fileFailed(file, error);
  }
}

async function readAll(file: string, onProblem: OnHistoryProblem): Promise<readonly MinuteRecord[]> {
  // The current file first: when it becomes a full one meanwhile, it is listed, and known by its inode.
  const current = await inspectFile(file);
  const names = [file, ...(await listFull(file)).map(({ name }) => name)];
  const seen = new Map<bigint, InspectedFile>();
  for (const name of names) {
    // One after the other, so that parsing a day never blocks the process for as long as it takes as a whole.
    // oxlint-disable-next-line no-await-in-loop
    const inspected = name === file ? current : await inspectFile(name);
    if (inspected === undefined || seen.has(inspected.inode)) continue;
    seen.set(inspected.inode, inspected);
    if (inspected.damage === undefined) continue;
    // Reading needs no right to write: what can be read is returned all the same.
    // oxlint-disable-next-line no-await-in-loop
    await setAside(file, name, inspected, onProblem).catch(onProblem);
  }
  return [...seen.values()].flatMap(({ records }) => records);
}
