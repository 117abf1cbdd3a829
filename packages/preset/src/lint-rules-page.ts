import { ruffFamilies, ruleTopics, type Rule, type RuffFamily } from '../rules.js';
import { plantedFault } from './planted-fault.ts';

function inlineCode(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${space}${text.replaceAll('|', '\\|')}${space}${fence}`;
}

function caught(rule: string): string {
  const { file, code } = plantedFault(rule);
  return `${inlineCode(code)} ([file](../packages/preset/fixtures/fail/${file}))`;
}

function exceptions({ offIn }: Rule | RuffFamily): string {
  if (offIn === undefined) return '';
  return ` Off in ${offIn.files.map(inlineCode).join(', ')}: ${offIn.because}.`;
}

function ruleRow(rule: Rule): string {
  const options = rule.options === undefined ? '' : ` With ${inlineCode(JSON.stringify(rule.options))}.`;
  const name = `${inlineCode(rule.rule)}${rule.typed === true ? ' ᵗ' : ''}`;
  return `| ${name} | ${rule.why}${exceptions(rule)}${options} | ${caught(rule.rule)} | ${inlineCode(`'${rule.rule}': 'off'`)} |`;
}

/** What each family brings in one version of ruff. */
export interface RuffRules {
  readonly ruff: string;
  readonly families: Readonly<Record<string, readonly string[]>>;
}

function familyRow(family: RuffFamily, { families }: RuffRules): string {
  const codes = families[family.prefix] ?? [];
  return `| ${inlineCode(family.prefix)} | ${family.linter} | ${family.why}${exceptions(family)} | ${caught(`ruff/${family.prefix}`)} | ${inlineCode(`ignore = ["${family.prefix}"]`)} | ${codes.length}: ${codes.join(' ')} |`;
}

/** The page `docs/lint-rules.md`: every rule with its reason, its planted fault and the way back. */
export function lintRulesPage(ruff: RuffRules): string {
  const topics = ruleTopics.flatMap(({ title, rules }) => [
    `### ${title}`,
    '',
    '| Rule | Without it | What it caught | Way back |',
    '| --- | --- | --- | --- |',
    ...rules.map(ruleRow),
    '',
  ]);
  const count = ruleTopics.flatMap(({ rules }) => rules).length;
  return `# Lint rules

Drawn from \`packages/preset/rules/\` by \`npm run fix\`. A rule is here because it catches a fault that hurts a service or its tests. For each one a fault is planted in
\`packages/preset/fixtures/fail/\`: the tests run the real tools, and each fault must be reported at its line by its rule and by no other; with the way back in place it must not be reported at all.

## TypeScript and JavaScript (oxlint)

${count} rules, named one by one, all errors. No category is on: what one brings changes with every release of the linter, and nobody chose it. What \`tsc\` reports under
\`@seaworthy/preset/tsconfig.json\` is left to it. ᵗ needs types.

A rule is turned off in \`rules\` of \`oxlint.config.ts\`, for some files in \`overrides\`, and for one line by \`// oxlint-disable-next-line <rule> -- <why>\`.

${topics.join('\n')}
## Python (ruff)

Families, as ruff selects them: what a family brings depends on the version of ruff, so the last column lists it for ruff ${ruff.ruff} and a test compares. A family or a code is
turned off in \`ignore\` of \`[tool.ruff.lint]\`, for some files in \`per-file-ignores\`, and for one line by \`# noqa: <code>\`.

| Family | From | Without it | What it caught | Way back | Brings |
| --- | --- | --- | --- | --- | --- |
${ruffFamilies.map((family) => familyRow(family, ruff)).join('\n')}
`;
}
