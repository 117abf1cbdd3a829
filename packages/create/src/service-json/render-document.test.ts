import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ScaffoldError } from '../errors.ts';

import { renderDocument, table } from './render-document.ts';

const marked = (inside: string) => `before\n<!-- seaworthy:begin a -->\n${inside}\n<!-- seaworthy:end a -->\nafter\n`;

describe('renderDocument', () => {
  it('replaces what stands between the marks and nothing else', () => {
    expect(renderDocument('F', marked('old'), { a: 'new' })).toBe(marked('\nnew\n'));
  });

  it('keeps every byte outside, and changes nothing the second time', () => {
    const line = fc.string().filter((text) => !text.includes('seaworthy:'));
    fc.assert(
      fc.property(
        line,
        line,
        fc.string().filter((text) => !text.includes('seaworthy:')),
        (before, after, block) => {
          const text = `${before}\n${marked('old')}${after}`;
          const once = renderDocument('F', text, { a: block });
          expect(once.startsWith(`${before}\nbefore\n`)).toBe(true);
          expect(once.endsWith(`\nafter\n${after}`)).toBe(true);
          expect(renderDocument('F', once, { a: block })).toBe(once);
        },
      ),
    );
  });

  it.each([
    ['no marks', 'text', 'the marks of "a" are missing'],
    ['an unknown mark', `${marked('')}<!-- seaworthy:begin b -->\n<!-- seaworthy:end b -->`, 'no block is called "b"'],
    ['a second one', marked('') + marked(''), 'stands here a second time'],
    ['no end', '<!-- seaworthy:begin a -->', '"a" has no end'],
    ['no beginning', `${marked('')}<!-- seaworthy:end a -->`, 'ends without its beginning'],
    [
      'one inside another',
      '<!-- seaworthy:begin a -->\n<!-- seaworthy:begin a -->\n<!-- seaworthy:end a -->',
      'begins inside "a"',
    ],
    [
      'a name of an object',
      '<!-- seaworthy:begin constructor -->\n<!-- seaworthy:end constructor -->',
      'no block is called',
    ],
  ])('refuses %s', (_what, markdown, problem) => {
    expect(() => renderDocument('RUNBOOK.md', markdown, { a: 'x' })).toThrow(ScaffoldError);
    expect(() => renderDocument('RUNBOOK.md', markdown, { a: 'x' })).toThrow(problem);
  });
});

it('a table escapes the bars in its cells', () => {
  expect(table(['a'], [['x | y']])).toBe('| a |\n| --- |\n| x \\| y |');
});
