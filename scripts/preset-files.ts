import { readFileSync } from 'node:fs';
import path from 'node:path';

import { service } from '@seaworthy/preset/oxlint';
import { ruffFamilies } from '@seaworthy/preset/rules';

import { lintRulesPage, type RuffRules } from '../packages/preset/src/lint-rules-page.ts';
import type { GeneratedFile } from './generated.ts';

const repository = path.resolve(import.meta.dirname, '..');
const preset = path.join(repository, 'packages/preset');

function ruffToml(): string {
  return `# Settings of ruff for a service. Use: extend = "node_modules/@seaworthy/preset/python/ruff.toml", or copy them into
# [tool.ruff] of pyproject.toml. Why each family is here: docs/lint-rules.md of the preset's repository.
line-length = 100
target-version = "py311"

[lint]
select = [
${ruffFamilies.map(({ prefix }) => `  ${JSON.stringify(prefix)},`).join('\n')}
]
`;
}

/** What the preset has beside its declarations: settings in the languages of the tools, and the page of rules. */
export function presetFiles(): GeneratedFile[] {
  const ruff = JSON.parse(readFileSync(path.join(preset, 'python/ruff-rules.json'), 'utf8')) as RuffRules;
  return [
    { file: path.join(preset, 'oxlint.json'), contents: `${JSON.stringify(service.extends?.[0], null, 2)}\n` },
    { file: path.join(preset, 'python/ruff.toml'), contents: ruffToml() },
    { file: path.join(repository, 'docs/lint-rules.md'), contents: lintRulesPage(ruff) },
  ];
}
