import { describe, expect, it } from 'vitest';

import { templateTree } from '../../fixtures/templates.ts';
import { render } from '../../fixtures/versioned-service.ts';

import { migrateAnswers } from './answer-migrations.ts';
import { parseState } from './parse-state.ts';

const text = render(templateTree(), '1.2.3').get('.seaworthy/state.json')?.contents.toString() ?? '';
const right = JSON.parse(text) as Record<string, unknown> & { files: Record<string, unknown> };

describe('the record of a service', () => {
  it('is read as it was written', () => {
    expect(parseState(text)).toEqual(right);
  });

  const record = { sha256: '0'.repeat(64), mode: '644', policy: 'merge' };
  it.each([
    ['no JSON', '{', 'is not JSON'],
    ['a list', '[]', 'holds no object'],
    ['null', 'null', 'holds no object'],
    ['another schema', { schema: 'other' }, 'schema is "other", expected "state/1"'],
    ['a newer schema', { schema: 'state/2' }, 'npx create-seaworthy@latest update'],
    ['no version', { templateVersion: 'new' }, 'expected a version such as 1.2.3, got "new"'],
    ['no number of answers', { answersVersion: 0 }, 'answersVersion: expected 1, 2'],
    ['no answers', { answers: [] }, 'answers: expected an object'],
    ['a template of another language', { template: '../x' }, 'template: expected the one of answers.language'],
    ['no rendering', { rendering: {} }, 'rendering: expected tagPrefix and bundleNode'],
    ['no files', { files: null }, 'files: expected an object'],
    ['a path that leads out', { files: { '../a': record } }, 'files: "../a" leads out of the service'],
    ['an absolute path', { files: { '/etc/a': record } }, 'leads out of the service'],
    ["a path into git's folder", { files: { 'a/.GIT/hooks/x': record } }, 'leads out of the service'],
    ['no hash', { files: { a: { ...record, sha256: 'x' } } }, '"a" has no sha256, mode or policy that is known'],
    ['another mode', { files: { a: { ...record, mode: '777' } } }, '"a" has no sha256'],
    ['another policy', { files: { a: { ...record, policy: 'mine' } } }, '"a" has no sha256'],
  ])('with %s is refused', (_what, change, words) => {
    const given = typeof change === 'string' ? change : JSON.stringify({ ...right, ...change });
    expect(() => parseState(given)).toThrow(/UPDATE_STATE/);
    expect(() => parseState(given)).toThrow(words);
  });

  it('tells everything that is wrong at once', () => {
    const given = JSON.stringify({ ...right, templateVersion: 1, answers: 0, files: { '../a': record, b: 1 } });
    expect(() => parseState(given)).toThrow(/templateVersion[^]*answers[^]*"\.\.\/a"[^]*"b"/);
  });
});

describe('answers of an earlier version', () => {
  const migrations = [
    (answers: object) => ({ ...answers, team: 'a' }),
    ({ team, ...answers }: Record<string, unknown>) => ({ ...answers, owner: team }),
  ];

  it.each([
    [1, { name: 'x', owner: 'a' }],
    [2, { name: 'x', owner: undefined }],
    [3, { name: 'x' }],
  ])('from version %i go through the migrations that are left', (from, expected) => {
    expect(migrateAnswers({ name: 'x' }, from, migrations)).toEqual(expected);
  });
});
