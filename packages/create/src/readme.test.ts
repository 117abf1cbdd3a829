import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { createDoor } from './doors/create-arguments.ts';
import { helpText } from './doors/door.ts';
import { scaffoldErrorCodes } from './errors.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

function firstCells(pattern: RegExp): (string | undefined)[] {
  return [...readme.matchAll(pattern)].map(([, cell]) => cell);
}

describe('README.md', () => {
  it('lists every flag of the help', () => {
    const flags = [...helpText(createDoor).matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag]) => flag);
    expect(firstCells(/^\| `(--[a-z-]+)` \|/gm)).toEqual(flags);
  });

  it('lists every code of an error', () => {
    expect(new Set(firstCells(/^\| `((?:SCAFFOLD|UPDATE)_[A-Z]+)` \|/gm))).toEqual(
      new Set(Object.keys(scaffoldErrorCodes)),
    );
  });
});
