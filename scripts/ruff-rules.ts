import { spawnSync } from 'node:child_process';

import { ruffFamilies } from '@seaworthy/preset/rules';

interface RuffRule {
  readonly code: string;
  readonly status: Readonly<Record<string, unknown>>;
}

function run(ruff: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(ruff, args, { encoding: 'utf8', maxBuffer: 1e8 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`ruff ${args.join(' ')} failed:\n${stderr}`);
  return stdout;
}

/** The text of `python/ruff-rules.json`: the stable codes that each family of the preset brings with this version of ruff. */
export function ruffRulesJson(ruff: string): string {
  const rules = JSON.parse(run(ruff, ['rule', '--all', '--output-format', 'json'])) as RuffRule[];
  const stable = rules.filter(({ status }) => 'Stable' in status).map(({ code }) => code);
  const families = ruffFamilies.map(({ prefix }) => {
    const own = new RegExp(`^${prefix}[0-9]+$`);
    return [prefix, stable.filter((code) => own.test(code)).toSorted()] as const;
  });
  const version = run(ruff, ['--version']).replace('ruff', '').trim();
  return `${JSON.stringify({ ruff: version, families: Object.fromEntries(families) })}\n`;
}
