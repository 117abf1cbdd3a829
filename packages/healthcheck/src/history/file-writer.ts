import { constants, type FileHandle, mkdir } from 'node:fs/promises';
import path from 'node:path';

import { UnusableFile } from '../errors/history-errors.ts';
import { endFile, nothingThere } from './file-names.ts';
import { inodeOf, inspectFile, openFile, setAside } from './inspect-file.ts';
import type { OnHistoryProblem } from './report-problem.ts';

/** One is enough alone; other processes may end the file at the same moment. */
const mostAttempts = 10;

/** Room for forty busy processes. It is reached when a clock was set back, and the file would grow until that time comes. */
const largestBytesAMinute = 64 * 1024;

/** Appends to the current file of a history, and ends it when it spans a quarter of what is kept. */
export class FileWriter {
  readonly #file: string;
  readonly #maxMinutes: number;
  readonly #minutesInFile: number;
  readonly #onProblem: OnHistoryProblem;
  /** The file that was found sound, and the minute it begins with. */
  #checked: { readonly inode: bigint; readonly firstMinute: number } | undefined;

  constructor(file: string, maxMinutes: number, onProblem: OnHistoryProblem) {
    this.#file = file;
    this.#maxMinutes = maxMinutes;
    this.#minutesInFile = Math.ceil(maxMinutes / 4);
    this.#onProblem = onProblem;
  }

  async append(minute: number, line: string): Promise<void> {
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      // oxlint-disable-next-line no-await-in-loop -- each attempt looks at what the one before it left
      if (await this.#write(minute, line)) return;
    }
    throw new UnusableFile('a file that other processes replace all the time');
  }

  /** False when the file had to make way for another one first. */
  async #write(minute: number, line: string): Promise<boolean> {
    const handle = await this.#open();
    try {
      const inode = await inodeOf(handle);
      if (this.#checked?.inode !== inode && !(await this.#check(inode, minute))) return false;
      const { size } = await handle.stat();
      const spansMinutes = minute - (this.#checked?.firstMinute ?? minute);
      if (spansMinutes >= this.#minutesInFile || size >= this.#minutesInFile * largestBytesAMinute) {
        await endFile(this.#file, minute, this.#maxMinutes);
        return false;
      }
      // The line break comes first: whatever was cut off before it then stands on a line of its own.
      const bytes = Buffer.from(`\n${line}`);
      const { bytesWritten } = await handle.write(bytes);
      if (bytesWritten < bytes.length) throw new UnusableFile('a full disk');
      return true;
    } finally {
      await handle.close();
    }
  }

  async #open(): Promise<FileHandle> {
    const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;
    const handle = await openFile(this.#file, flags).catch(nothingThere(undefined));
    if (handle !== undefined) return handle;
    await mkdir(path.dirname(this.#file), { recursive: true });
    return openFile(this.#file, flags);
  }

  async #check(inode: bigint, minute: number): Promise<boolean> {
    const inspected = await inspectFile(this.#file);
    if (inspected?.inode !== inode) return false;
    if (inspected.damage !== undefined) {
      await setAside(this.#file, this.#file, inspected, this.#onProblem);
      return false;
    }
    this.#checked = { inode, firstMinute: inspected.records[0]?.minute ?? minute };
    return true;
  }
}
