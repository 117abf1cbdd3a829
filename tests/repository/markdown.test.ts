import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { anchorsOf, blocksOf, brokenLinks } from './markdown.ts';

it('anchors are those of a renderer', () => {
  const headings = [
    '# What "production default" means',
    '## `loadSettings(…)`, twice',
    '## Errors',
    '### Errors',
    '## [A](b.md) link',
  ];
  expect(anchorsOf(headings.join('\n\n'))).toEqual([
    'what-production-default-means',
    'loadsettings-twice',
    'errors',
    'errors-1',
    'a-link',
  ]);
});

it('a line of a block is no heading, and a block has its language', () => {
  const markdown = '# A\n\n```sh\n# not a heading\nnpm ci\n```\n';
  expect([anchorsOf(markdown), blocksOf(markdown)]).toEqual([
    ['a'],
    [{ language: 'sh', text: '# not a heading\nnpm ci\n' }],
  ]);
});

describe('brokenLinks', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'links-'));
    mkdirSync(path.join(folder, 'docs'));
    writeFileSync(path.join(folder, 'docs/guide.md'), '# Guide\n\n## The way back\n');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    ['docs/guide.md', true],
    ['docs', true],
    ['docs/guide.md#the-way-back', true],
    ['#home', true],
    ['https://example.com/nothing', true],
    ['docs/guides.md', false],
    ['docs/guide.md#the-way-forward', false],
    ['#nowhere', false],
    ['../outside.md', false],
  ])('%s is there: %s', (link, isThere) => {
    writeFileSync(path.join(folder, 'README.md'), `# Home\n\n[a link](${link}), and \`[none](nothing.md)\`\n`);
    expect(brokenLinks(folder, 'README.md')).toEqual(isThere ? [] : [link]);
  });
});
