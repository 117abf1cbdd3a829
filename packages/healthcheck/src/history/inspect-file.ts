import { constants, type FileHandle, open, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { fileFailed, fileSetAside, UnusableFile } from '../errors/history-errors.ts';
import type { MinuteRecord } from '../recording/minute-record.ts';
import { asideName, fullName, nothingThere, unfinishedName } from './file-names.ts';
import { printRecord, readLine } from './minute-record-codec.ts';
import type { OnHistoryProblem } from './report-problem.ts';

/** Far above a day of sixty processes: not read, for it is something else. */
const largestBytes = 256 * 1024 * 1024;

/** Some milliseconds of work. */
const linesAtOnce = 32;

export interface InspectedFile {
  /** Which file it was, whatever its name is by now. */
  readonly inode: bigint;
  readonly records: readonly MinuteRecord[];
  /** Why the file may not stay: undefined when it holds records and nothing else. */
  readonly damage: string | undefined;
}

/** Without waiting for another program, as a named pipe would: it is refused by what is done next. */
export function openFile(name: string, flags: number): Promise<FileHandle> {
  return open(name, flags | constants.O_NONBLOCK);
}

/** A device or a folder is never renamed: `/dev/full` is no damaged history. */
export async function inodeOf(handle: FileHandle): Promise<bigint> {
  const status = await handle.stat({ bigint: true });
  if (!status.isFile()) throw new UnusableFile('no regular file');
  return status.ino;
}

/** Undefined when there is no such file. */
export async function inspectFile(name: string): Promise<InspectedFile | undefined> {
  const handle = await openFile(name, constants.O_RDONLY).catch(nothingThere(undefined));
  if (handle === undefined) return undefined;
  try {
    const inode = await inodeOf(handle);
    const { size } = await handle.stat();
    if (size > largestBytes) return { inode, records: [], damage: `${size} bytes, more than any history` };
    return { inode, ...(await readLines(await handle.readFile('utf8'))) };
  } finally {
    await handle.close();
  }
}

async function readLines(text: string): Promise<Omit<InspectedFile, 'inode'>> {
  const records: MinuteRecord[] = [];
  let damage: string | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    // A day has thousands of lines, and requests are waiting.
    // oxlint-disable-next-line no-await-in-loop
    if (index % linesAtOnce === linesAtOnce - 1) await nextTurn();
    if (line === '') continue;
    const read = readLine(line);
    if (read === 'foreign') damage ??= `line ${index + 1} is no minute record`;
    else if (read !== 'cut off') records.push(read);
  }
  return { records, damage };
}

/** Gives a damaged file another name and keeps what it held of the history. It never deletes anything else. */
export async function setAside(
  file: string,
  name: string,
  { inode, records, damage = '' }: InspectedFile,
  onProblem: OnHistoryProblem,
): Promise<void> {
  const aside = asideName(file);
  const sound = unfinishedName(file);
  try {
    await writeFile(sound, records.map((record) => `${printRecord(record)}\n`).join(''), { flag: 'wx' });
    if (await moveAway(name, aside, inode)) {
      const until = records.reduce((latest, { minute }) => Math.max(latest, minute), 0);
      await rename(sound, fullName(file, until));
      onProblem(fileSetAside(name, aside, damage, records.length));
    } else {
      await unlink(sound);
    }
  } catch (error) {
    throw fileFailed(name, error);
  }

  /** False when another process has set the file aside before. */
  async function moveAway(from: string, to: string, expected: bigint): Promise<boolean> {
    const moved = await rename(from, to).then(() => true, nothingThere(false));
    if (!moved) return false;
    const { ino } = await stat(to, { bigint: true });
    if (ino === expected) return true;
    // That one was the successor, and sound: it goes on as a full file.
    await rename(to, fullName(file, Math.floor(Date.now() / 60_000)));
    return false;
  }
}
