import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

const fixtures = path.resolve(import.meta.dirname, '../fixtures');

interface Diagnostic {
  readonly code: string;
}

function lint(folder: string): { rules: Set<string>; status: number | null } {
  const args = ['--type-aware', '--format=json', '--config=oxlint.config.ts', folder];
  const { stdout, status } = spawnSync('oxlint', args, { cwd: fixtures, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
  return { rules: new Set(diagnostics.map(({ code }) => code)), status };
}

describe('the lint preset', () => {
  const found = lint('fail');

  it.each([
    'typescript(no-floating-promises)',
    'typescript(no-misused-promises)',
    'typescript(no-explicit-any)',
    'typescript(no-unsafe-argument)',
    'typescript(no-unsafe-assignment)',
    'typescript(no-unsafe-call)',
    'typescript(no-unsafe-member-access)',
    'typescript(no-unsafe-return)',
    'typescript(switch-exhaustiveness-check)',
    'typescript(only-throw-error)',
    'import(no-cycle)',
    'eslint(no-console)',
    'eslint(no-unused-vars)',
  ])('flags %s', (rule) => {
    expect([...found.rules]).toContain(rule);
  });

  it('fails the run', () => {
    expect(found.status).toBe(1);
  });

  it('accepts plain service code', () => {
    expect(lint('pass')).toEqual({ rules: new Set(), status: 0 });
  });
});
