import { gzipSync } from 'node:zlib';

import { Header } from 'tar/header';
import { Pax } from 'tar/pax';

import type { FileTree, PlannedFile } from './template.ts';

const blockBytes = 512;

function padding(size: number): Buffer {
  return Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes);
}

function headerOf(file: string, { contents, mode }: PlannedFile): Buffer {
  const header = new Header({ path: file, mode, size: contents.length, type: 'File', mtime: new Date(0) });
  const block = Buffer.alloc(blockBytes);
  // A path that is too long, or not ASCII, stands in a block before it.
  if (!header.encode(block)) return block;
  return Buffer.concat([new Pax({ path: file }).encode(), block]);
}

/** Packs files into one archive, with no owner and no time: the same files give the same bytes. */
export function writeTar(files: FileTree, gzipLevel: number): Buffer {
  const parts = [...files].flatMap(([file, planned]) => {
    const { contents } = planned;
    return [headerOf(file, planned), contents, padding(contents.length)];
  });
  const packed = gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * blockBytes)]), { level: gzipLevel });
  // The byte that names the operating system.
  packed[9] = 255;
  return packed;
}
