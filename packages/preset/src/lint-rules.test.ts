import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { rules } from '../rules.js';
import { faults, plantedFault } from './planted-fault.ts';

const fixtures = path.dirname(faults);
const configs = mkdtempSync(path.join(fixtures, '../reports-'));
afterAll(() => rmSync(configs, { recursive: true }));

interface Finding {
  readonly file: string;
  readonly rule: string;
  readonly lines: readonly number[];
}

interface Report {
  readonly diagnostics: readonly {
    readonly code: string;
    readonly filename: string;
    readonly labels: readonly { readonly span: { readonly line: number } }[];
  }[];
}

/** The findings of the real oxlint in one folder of fixtures, with the configuration that a service would write. */
function lint(
  folder: string,
  config: string,
  name = 'oxlint.config.ts',
): { findings: Finding[]; status: number | null } {
  const file = path.join(configs, name);
  writeFileSync(file, config);
  const run = spawnSync('oxlint', ['--format=json', `--config=${file}`, folder], { cwd: fixtures, encoding: 'utf8' });
  if (!run.stdout.startsWith('{')) throw new Error(`oxlint refused the configuration:\n${run.stdout}${run.stderr}`);
  const { diagnostics } = JSON.parse(run.stdout) as Report;
  const findings = diagnostics.map(({ code, filename, labels }) => {
    const [, plugin = '', rule = ''] = /^(.+)\((.+)\)$/.exec(code) ?? [];
    return {
      file: path.relative(folder, filename),
      rule: plugin === 'eslint' ? rule : `${plugin}/${rule}`,
      lines: labels.map(({ span }) => span.line),
    };
  });
  return { findings, status: run.status };
}

const oneLine = "export { service as default } from '@seaworthy/preset/oxlint';\n";
const rulesIn = (findings: readonly Finding[]) => [...new Set(findings.map(({ rule }) => rule))];

describe('the planted faults', () => {
  it('are one for each rule, and none is left over', () => {
    const planted = rules.map(({ rule }) => plantedFault(rule).file).toSorted();
    const files = globSync('**/*.ts', { cwd: faults }).filter((file) => !file.endsWith('.back.ts'));
    expect(files.toSorted()).toEqual(planted);
  });

  describe('with the preset', () => {
    let findings: Finding[];
    beforeAll(() => ({ findings } = lint('fail', oneLine)));

    it.each(rules.map(({ rule }) => rule))('%s reports its own at its line, and no other rule does', (rule) => {
      const { file, line } = plantedFault(rule);
      const found = findings.filter((finding) => finding.file === file);
      expect(rulesIn(found)).toEqual([rule]);
      expect(found.flatMap(({ lines }) => lines)).toContain(line);
    });
  });

  it('are silent once each rule is turned off as its way back says', () => {
    const wayBack = rules.map(({ rule }) => {
      const { file } = plantedFault(rule);
      return { files: [`**/${file}`, `**/${file.replace('.ts', '.back.ts')}`], rules: { [rule]: 'off' } };
    });
    const config = `import { service } from '@seaworthy/preset/oxlint';\nexport default { ...service, overrides: ${JSON.stringify(wayBack)} };\n`;
    expect(lint('fail', config)).toEqual({ findings: [], status: 0 });
  });
});

describe('what is right', () => {
  it('is accepted', () => {
    expect(lint('pass', oneLine)).toEqual({ findings: [], status: 0 });
  });
});

describe('the settings', () => {
  const withExtends = (rest: string) =>
    `import { service } from '@seaworthy/preset/oxlint';\nexport default { extends: [service], ${rest} };\n`;

  it('are overridden as oxlint says, also where they are extended', () => {
    const off = lint('fail', withExtends("rules: { 'no-console': 'off' }")).findings;
    expect(off.filter(({ rule }) => rule === 'no-console')).toEqual([]);
    expect(new Set(rulesIn(off)).size).toBe(rules.length - 1);
  });

  it('take a rule more', () => {
    expect(rulesIn(lint('pass', withExtends("rules: { 'no-ternary': 'error' }")).findings)).toEqual(['no-ternary']);
  });

  it('are the same in JSON', () => {
    const json = path.relative(configs, path.join(fixtures, '../oxlint.json'));
    const { findings } = lint('fail', JSON.stringify({ extends: [json] }), '.oxlintrc.json');
    expect(rulesIn(findings).toSorted()).toEqual(rules.map(({ rule }) => rule).toSorted());
  });

  it('tell the rules that need types from the others, as oxlint does', () => {
    const { stdout } = spawnSync('oxlint', ['--rules', '--format=json'], { encoding: 'utf8', maxBuffer: 1e8 });
    const known = JSON.parse(stdout) as { scope: string; value: string; type_aware: boolean }[];
    const typed = new Map(
      known.map(({ scope, value, type_aware }) => [scope === 'eslint' ? value : `${scope}/${value}`, type_aware]),
    );
    expect(rules.map(({ rule, typed: needsTypes }) => [rule, needsTypes === true])).toEqual(
      rules.map(({ rule }) => [rule, typed.get(rule)]),
    );
  });

  it('give each rule a reason that is a sentence', () => {
    expect(rules.filter(({ why }) => !/^[A-Z`=].*\.$/.test(why))).toEqual([]);
    expect(readFileSync(path.join(fixtures, '../oxlint.json'), 'utf8')).toContain('"typeAware": true');
  });
});
