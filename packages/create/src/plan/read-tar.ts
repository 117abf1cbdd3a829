import { gunzipSync } from 'node:zlib';

import { Header } from 'tar/header';
import { Pax } from 'tar/pax';

import type { PlannedFile } from './template.ts';

const blockBytes = 512;
/** More than any archive of ours has; a small one can be made that unpacks to fill the memory. */
const limitBytes = 256 * 1024 * 1024;

/**
 * The files of a packed archive, one after the other.
 *
 * The library's own parser is made for streams: on a whole archive in memory it takes ten times as long.
 *
 * @throws an error when it is cut off, changed, or no archive.
 */
export function* readTar(packed: Buffer): Generator<readonly [path: string, file: PlannedFile]> {
  const unpacked = gunzipSync(packed, { maxOutputLength: limitBytes });
  let extended: Pax | undefined;
  let offset = 0;
  while (offset + blockBytes <= unpacked.length) {
    const header = new Header(unpacked, offset, extended);
    if (header.nullBlock) return;
    const { size = 0, mode = 0o644, type } = header;
    // The library puts what is left of a long path before the whole one that the extended header has.
    const path = extended?.path ?? header.path ?? '';
    const begin = offset + blockBytes;
    if (!header.cksumValid || begin + size > unpacked.length) throw new Error(`it is damaged at byte ${offset}`);
    const contents = unpacked.subarray(begin, begin + size);
    offset = begin + Math.ceil(size / blockBytes) * blockBytes;
    // A path that is too long, or not ASCII, stands in a block before its file.
    extended = type === 'ExtendedHeader' ? Pax.parse(contents.toString('utf8')) : undefined;
    if (type === 'File' || type === 'OldFile') yield [path, { contents, mode: mode & 0o777 }];
  }
  throw new Error('it has no end');
}
