import { describe, expect, it } from 'vitest';

import { serviceJson, templateTree } from '../../fixtures/templates.ts';
import { parseAnswers } from '../answers/answers.ts';
import { ScaffoldError } from '../errors.ts';
import { policyOf } from '../state/policy.ts';

import { planService, type PlanInput } from './plan-service.ts';
import { hashTree, sha256, type FileTree } from './template.ts';

function plan(template: FileTree = templateTree(), overrides: Partial<PlanInput> = {}): FileTree {
  return planService({
    answers: parseAnswers({ name: 'orders-api', language: 'node', owner: 'team-orders', onCall: 'team-night' }),
    template,
    engineVersion: '1.2.3',
    tagPrefix: 'v',
    ourPackages: { '@seaworthy/defaults': 'file:vendor/d.tgz', '@seaworthy/preset': 'file:vendor/p.tgz' },
    vendored: new Map([['d.tgz', Buffer.from([1, 2, 3])]]),
    bundleNode: false,
    ...overrides,
  });
}

function textOf(files: FileTree, file: string): string {
  return files.get(file)?.contents.toString('utf8') ?? `no ${file}`;
}

function withFile(file: string, text: string): FileTree {
  return templateTree('node-service', { [file]: text });
}

describe('a planned service', () => {
  const files = plan();

  it('has its files in order, and the record of them last', () => {
    const names = [...files.keys()];
    expect(names.slice(-2)).toEqual(['.seaworthy/base.tgz', '.seaworthy/state.json']);
    expect(names.slice(0, -2)).toEqual(names.slice(0, -2).toSorted());
    expect(names).toContain('src/orders_api/forms.txt');
    expect(files.get('vendor/d.tgz')?.contents).toEqual(Buffer.from([1, 2, 3]));
  });

  it('has documents that are rendered from its own facts', () => {
    expect(textOf(files, 'RUNBOOK.md')).toContain('| Owner | team-orders |\n| On call | team-night |');
    expect(textOf(files, 'RUNBOOK.md')).toContain('none \\| nothing');
    expect(textOf(files, 'RUNBOOK.md')).toContain('Our words.');
    expect(textOf(files, 'CHECKLIST.md')).toContain('| 1 | Test | exit 0 | nothing to undo | safe | team-orders |');
    expect(textOf(files, '.seaworthy/service.schema.json')).toContain('"everyDays"');
    expect(textOf(plan(templateTree(), { tagPrefix: 'orders-api@' }), 'RUNBOOK.md')).toContain("'orders-api@*'");
  });

  it('records the hash and the mode of every file as it is written', () => {
    const state = JSON.parse(textOf(files, '.seaworthy/state.json')) as Record<string, unknown>;
    const recorded = [...files]
      .filter(([file]) => file !== '.seaworthy/state.json' && file !== '.seaworthy/base.tgz')
      .map(([file, { contents }]) => [file, { sha256: sha256(contents), mode: '644', policy: policyOf(file) }]);
    expect(state).toMatchObject({
      schema: 'state/1',
      engineVersion: '1.2.3',
      template: 'node-service',
      templateTree: hashTree(templateTree()),
      answersVersion: 1,
      answers: { name: 'orders-api', language: 'node', owner: 'team-orders', onCall: 'team-night' },
      rendering: { tagPrefix: 'v', bundleNode: false },
      files: Object.fromEntries(recorded) as object,
    });
    expect(Object.keys(state['files'] as object)).toHaveLength(files.size - 2);
  });

  it('is the same whenever the template is', () => {
    expect(plan()).toEqual(files);
    expect(hashTree(new Map([...files].toReversed()))).toBe(hashTree(files));
    expect(hashTree(plan(withFile('more.txt', '')))).not.toBe(hashTree(files));
  });

  it('needs no package.json in Python', () => {
    const answers = parseAnswers({ name: 'orders-api', language: 'python', owner: 'team-orders' });
    const python = plan(templateTree('python-service'), { answers, ourPackages: {}, vendored: new Map() });
    expect([...python.keys()]).not.toContain('package.json');
  });
});

describe('a fault of the template is an internal error', () => {
  it.each([
    ['a word that is left over', 'a.txt', 'MARLIN-SERVICE', /a\.txt still carries the template's own name/],
    ['a word that is left over in a binary file', 'a.bin', '\0marlin', /a\.bin still carries/],
    ['a word that is left over in a path', 'Marlin.txt', '', /Marlin\.txt still carries/],
    ['a path that leaves the service', '../a.txt', '', /"\.\.\/a\.txt", which leaves the service/],
    ['a path that leaves it further down', 'a/../../b', '', /which leaves the service/],
    ['an absolute path', '/etc/a', '', /which leaves the service/],
    ['a path with a backslash', 'a\\..\\b', '', /which leaves the service/],
    ['an empty path', '', '', /which leaves the service/],
    ['a service.json without its facts', 'service.json', '{}', /service\.json is not accepted/],
    ['an unknown fact', 'service.json', JSON.stringify({ ...serviceJson, color: 1 }), /service\.json is not accepted/],
  ])('%s', (_fault, file, text, message) => {
    const run = () => plan(withFile(file, text));
    expect(run).toThrow(ScaffoldError);
    expect(run).toThrow(/SCAFFOLD_INTERNAL/);
    expect(run).toThrow(message);
  });

  it('a file that is missing', () => {
    const without = new Map([...templateTree()].filter(([file]) => file !== 'RUNBOOK.md'));
    expect(() => plan(without)).toThrow(/the template has no RUNBOOK\.md/);
  });

  it('but not a word in a packed package, nor marks that are missing', () => {
    const vendored = new Map([['d.tgz', Buffer.from('marlin')]]);
    expect(plan(templateTree(), { vendored }).get('vendor/d.tgz')?.contents.toString()).toBe('marlin');
    expect(() => plan(withFile('CHECKLIST.md', '# No marks\n'))).toThrow(/SCAFFOLD_DOCUMENT/);
  });
});
