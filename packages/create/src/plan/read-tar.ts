import { gunzipSync } from 'node:zlib';

import { Pax } from 'tar/pax';

import type { PlannedFile } from './template.ts';

const blockBytes = 512;
/** More than any archive of ours has; a small one can be made that unpacks to fill the memory. */
const limitBytes = 256 * 1024 * 1024;

/**
 * The files of a packed archive, one after the other.
 *
 * Its own few lines, because the library's takes ten times as long, most of it for sums: gzip has one over everything.
 *
 * @throws an error when it is cut off, changed, or no archive.
 */
export function* readTar(packed: Buffer): Generator<readonly [path: string, file: PlannedFile]> {
  const unpacked = gunzipSync(packed, { maxOutputLength: limitBytes });
  const text = (begin: number, bytes: number) => {
    const end = unpacked.indexOf(0, begin);
    return unpacked.toString('utf8', begin, end < 0 ? begin + bytes : Math.min(end, begin + bytes));
  };
  let longPath: string | undefined;
  let offset = 0;
  while (offset + blockBytes <= unpacked.length) {
    if (unpacked[offset] === 0) return;
    const size = Number.parseInt(text(offset + 124, 12), 8);
    const begin = offset + blockBytes;
    const isWhole =
      unpacked.toString('latin1', offset + 257, offset + 262) === 'ustar' && begin + size <= unpacked.length;
    if (!isWhole) throw new Error(`it is damaged at byte ${offset}`);
    const contents = unpacked.subarray(begin, begin + size);
    const type = unpacked.toString('latin1', offset + 156, offset + 157);
    if (type === '0' || type === '\0') {
      const prefix = text(offset + 345, 155);
      const path = longPath ?? (prefix === '' ? text(offset, 100) : `${prefix}/${text(offset, 100)}`);
      yield [path, { contents, mode: Number.parseInt(text(offset + 100, 8), 8) & 0o777 }];
    }
    // A path that is too long, or not ASCII, stands in a block before its file.
    longPath = type === 'x' ? Pax.parse(contents.toString('utf8')).path : undefined;
    offset = begin + Math.ceil(size / blockBytes) * blockBytes;
  }
  throw new Error('it has no end');
}
