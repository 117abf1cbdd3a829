import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ScaffoldError } from '../errors.ts';

import { renderDocument, shell, table } from './render-document.ts';

const begin = (name: string) => `<!-- seaworthy:begin ${name} -->`;
const end = (name: string) => `<!-- seaworthy:end ${name} -->`;
const block = (name: string, text: string) => [begin(name), ...text.split('\n'), end(name)];

function problemsOf(lines: readonly string[], names: readonly string[] = ['a']): readonly string[] {
  try {
    renderDocument('X.md', lines.join('\n'), Object.fromEntries(names.map((name) => [name, 'new'])));
  } catch (error) {
    if (error instanceof ScaffoldError && error.code === 'SCAFFOLD_DOCUMENT') return error.problems;
    throw error;
  }
  return [];
}

/** Text that somebody wrote, line endings of Windows and all. */
const prose = fc.array(fc.oneof(fc.string(), fc.constantFrom('', '\r', '<!-- a comment -->', '  indented')));

describe('renderDocument', () => {
  it('replaces what stands between the marks', () => {
    const before = ['before', ...block('a', 'old\nolder'), 'between', ...block('b', ''), 'after', ''].join('\n');
    expect(renderDocument('X.md', before, { a: 'new a', b: 'new b\nmore' })).toBe(
      [
        'before',
        begin('a'),
        '',
        'new a',
        '',
        end('a'),
        'between',
        begin('b'),
        '',
        'new b\nmore',
        '',
        end('b'),
        'after',
        '',
      ].join('\n'),
    );
  });

  it('changes nothing the second time, and keeps what is outside byte for byte', () => {
    const parts = fc.record({
      head: prose,
      old: prose,
      middle: prose,
      tail: prose,
      first: fc.string(),
      second: fc.string(),
    });
    fc.assert(
      fc.property(parts, ({ head, old, middle, tail, first, second }) => {
        const rendered = (inside: readonly string[], once: string, twice: string) =>
          [...head, begin('a'), ...inside, once, end('a'), ...middle, begin('b'), twice, end('b'), ...tail].join('\n');
        const blocks = { a: first, b: second };
        const once = renderDocument('X.md', rendered(old, '', ''), blocks);
        expect(once).toBe(rendered([''], `${first}\n`, `\n${second}\n`));
        expect(renderDocument('X.md', once, blocks)).toBe(once);
      }),
    );
  });

  it.each([
    ['missing', ['text'], ['X.md: the marks of "a" are missing']],
    ['unknown', [...block('a', ''), ...block('c', '')], ['X.md:4: no block is called "c"']],
    [
      'named like a part of every object',
      block('constructor', ''),
      ['X.md:1: no block is called "constructor"', 'X.md: the marks of "a" are missing'],
    ],
    ['left open', [begin('a'), 'text'], ['X.md:1: "a" has no end']],
    ['repeated', [...block('a', ''), ...block('a', '')], ['X.md:4: "a" stands here a second time']],
    ['an end without a beginning', [end('a'), ...block('a', '')], ['X.md:1: "a" ends without its beginning']],
  ])('refuses a mark that is %s', (_fault, lines, problems) => {
    expect(problemsOf(lines)).toEqual(problems);
  });

  it('refuses nested and crossed marks', () => {
    expect(problemsOf([begin('a'), begin('b'), end('b'), end('a')], ['a', 'b'])).toEqual([
      'X.md:2: "b" begins inside "a"',
      'X.md:4: "a" ends without its beginning',
    ]);
  });

  it('names every problem at once', () => {
    expect(problemsOf([end('x'), begin('c'), end('c')], ['a', 'b'])).toHaveLength(4);
  });
});

describe('Markdown', () => {
  it('has tables that keep a pipe inside its cell', () => {
    expect(table(['A', 'B'], [['a|b', 'c']])).toBe('| A | B |\n| --- | --- |\n| a\\|b | c |');
  });

  it('has shell blocks', () => {
    expect(shell('a', 'b')).toBe('```sh\na\nb\n```');
  });
});
