import { gunzipSync, gzipSync } from 'node:zlib';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { FileTree } from '../plan/template.ts';

import { packBase, unpackBase } from './base-archive.ts';

const name = fc.stringMatching(/^[a-zé_-]{1,120}$/u);
const tree: fc.Arbitrary<FileTree> = fc
  .array(
    fc.tuple(
      fc.array(name, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/')),
      fc.record({
        contents: fc.uint8Array({ maxLength: 1500 }).map((bytes) => Buffer.from(bytes)),
        mode: fc.constantFrom(0o644, 0o755),
      }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((entries) => new Map(entries));

describe('the archive of a rendering', () => {
  it('gives back what was packed, and the same files give the same bytes', () => {
    fc.assert(
      fc.property(tree, (files) => {
        expect(unpackBase(packBase(files))).toEqual(files);
        expect(packBase(files).equals(packBase(new Map(files)))).toBe(true);
      }),
    );
  });

  it.each(['a', 'é'])('keeps a path that is too long for one header: %s', (letter) => {
    const file = `${'folder/'.repeat(20)}${letter.repeat(110)}`;
    const files = new Map([[file, { contents: Buffer.from('x'), mode: 0o644 }]]);
    expect(unpackBase(packBase(files))).toEqual(files);
  });

  it('leaves out the packages that a service carries', () => {
    const file = { contents: Buffer.from('x'), mode: 0o644 };
    expect([
      ...unpackBase(
        packBase(
          new Map([
            ['vendor/a.tgz', file],
            ['a', file],
          ]),
        ),
      ).keys(),
    ]).toEqual(['a']);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['no gzip', Buffer.from('hello')],
    ['no tar', gzipSync(Buffer.alloc(1024, 'x'))],
    [
      'cut off',
      gzipSync(gunzipSync(packBase(new Map([['a', { contents: Buffer.alloc(900), mode: 0o644 }]]))).subarray(0, 1024)),
    ],
    ['without an end', gzipSync(Buffer.alloc(0))],
  ])('is refused when it is %s', (_what, packed) => {
    expect(() => unpackBase(packed)).toThrow(Error);
  });
});
