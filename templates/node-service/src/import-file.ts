import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

import { CsvError, parse, type Options } from 'csv-parse/sync';

import { isFileSystemError } from './driver-errors.ts';
import { fileLines, type FileLine } from './file-lines.ts';
import { importFileChanged, importFileUnreadable, importHeaderWrong } from './import-errors.ts';
import { parseOrder, type NewOrder } from './order.ts';

/** One line of the file: an order, or the reason it is none. */
export type ImportLine = { readonly number: number } & ({ readonly order: NewOrder } | { readonly reason: string });

const header = 'orderNumber,sku,quantity';
const tooManyBytes = 64 * 1024;
const readAtOnceBytes = 256 * 1024;
const carriageReturn = 0x0d;
const csv: Options = { relax_column_count: true };
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A file that is read twice: once to know it again by its content, once for its lines. */
export class ImportFile {
  readonly #handle: FileHandle;
  readonly sha256: string;

  constructor(handle: FileHandle, sha256: string) {
    this.#handle = handle;
    this.sha256 = sha256;
  }

  /**
   * Yields each line after that number; blank lines are passed over.
   *
   * @throws {CommandError} `IMPORT_FILE_CHANGED` at the end when the content is not what it was the first time.
   */
  async *lines(after: number): AsyncGenerator<ImportLine> {
    const digest = createHash('sha256');
    for await (const line of linesOf(this.#handle, (chunk) => digest.update(chunk)))
      if (line.number > after && !isBlank(line)) yield readLine(line);
    if (digest.digest('hex') !== this.sha256) throw importFileChanged();
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** Reads a file from its beginning, each time it is called; a chunk is overwritten by the next. */
async function* chunksOf(handle: FileHandle, onChunk: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(readAtOnceBytes);
  let position = 0;
  let chunk: Buffer;
  do {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    chunk = buffer.subarray(0, bytesRead);
    onChunk(chunk);
    yield chunk;
    position += bytesRead;
  } while (chunk.length > 0);
}

function linesOf(handle: FileHandle, onChunk: (chunk: Buffer) => void = () => undefined): AsyncGenerator<FileLine> {
  return fileLines(chunksOf(handle, onChunk), tooManyBytes - 1);
}

/**
 * Opens a file and reads it once, for its hash; the signal breaks that off with its reason.
 *
 * @throws {CommandError} when it cannot be read or begins with another header.
 */
export async function openImportFile(path: string, signal: AbortSignal): Promise<ImportFile> {
  let handle: FileHandle | undefined;
  try {
    // Without O_NONBLOCK a pipe would be waited for until somebody writes into it.
    // oxlint-disable-next-line no-bitwise -- that is how flags are put together
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if (!(await handle.stat()).isFile()) throw importFileUnreadable(path);
    // Spreadsheets begin a file with a byte order mark.
    if ((await firstLineOf(handle)).replaceAll(/^\uFEFF|\r+$/g, '') !== header) throw importHeaderWrong(header);
    const digest = createHash('sha256');
    for await (const _ of chunksOf(handle, (chunk) => digest.update(chunk))) signal.throwIfAborted();
    return new ImportFile(handle, digest.digest('hex'));
  } catch (error) {
    await handle?.close();
    throw isFileSystemError(error) ? importFileUnreadable(path) : error;
  }
}

/** Nothing where it is empty, or too long. */
async function firstLineOf(handle: FileHandle): Promise<string> {
  for await (const { bytes } of linesOf(handle)) return bytes?.toString() ?? '';
  return '';
}

function isBlank({ bytes }: FileLine): boolean {
  return bytes?.every((byte) => byte === carriageReturn) === true;
}

function readLine({ number, bytes }: FileLine): ImportLine {
  if (bytes === undefined) return { number, reason: `expected less than ${tooManyBytes} bytes` };
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return { number, reason: 'expected UTF-8' };
  }
  const fields = fieldsOf(text.replace(/\r+$/, ''));
  if (fields === undefined) return { number, reason: 'expected comma-separated values' };
  if (fields.length !== 3) return { number, reason: 'expected three fields' };
  const [orderNumber, sku, quantity = ''] = fields;
  const row = { orderNumber, sku, quantity: /^[0-9]{1,5}$/.test(quantity) ? Number(quantity) : undefined };
  const parsed = parseOrder(row);
  if ('order' in parsed) return { number, order: parsed.order };
  return { number, reason: parsed.errors.map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`).join('; ') };
}

/** No field may hold a line break, so a line is a whole row and a broken one ends there. */
function fieldsOf(text: string): readonly string[] | undefined {
  // Setting the parser up for each line takes longer than everything else, and most lines need none.
  if (!/["\r]/.test(text)) return text.split(',');
  try {
    const [fields = [], ...more] = parseFields(text);
    return more.length === 0 ? fields : undefined;
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

function parseFields(text: string): string[][] {
  try {
    return parse(text, csv);
  } catch (error) {
    // A quote in the middle of a field is a character like any other, which no field of an order may hold.
    if (error instanceof CsvError && error.code === 'INVALID_OPENING_QUOTE')
      return parse(text, { ...csv, relax_quotes: true });
    throw error;
  }
}
