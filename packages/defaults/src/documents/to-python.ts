import { allSettings, rulesIn, type DeclaredSetting, type Group } from '../declare/group.ts';
import type { Kind, PythonLiteral } from '../declare/kind.ts';
import type { Operand, Rule, Term } from '../declare/rule.ts';
import type { Setting } from '../declare/setting.ts';
import { serviceOwner } from '../groups/service-owner.ts';

// Where a service keeps the base of a group and its kinds.
const modules: Readonly<Record<string, readonly string[]>> = {
  quantity_kinds: ['Bytes', 'Count', 'Duration', 'Ratio'],
  redacted_url: ['RedactedUrl'],
  setting: ['Setting'],
  settings_group: ['SettingsGroup'],
  settings_rule: ['Product', 'Rule', 'Sum'],
  text_kinds: ['Flag', 'OneOf', 'SecretText', 'Text', 'Url'],
};

const snakeCase = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const className = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

function pythonOf({ label, setting }: DeclaredSetting): NonNullable<Kind<unknown>['python']> {
  const { python } = setting.kind;
  if (python === undefined)
    throw new TypeError(`toPython: ${label} states no Python form; give schema(…) the option python`);
  return python;
}

function literal(value: PythonLiteral): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  const words = value.map((word) => JSON.stringify(word));
  const line = `(${words.join(', ')}${words.length === 1 ? ',' : ''})`;
  // As `ruff format` breaks a line of more than 100 characters: 12 of indentation, the longest keyword, and a comma.
  if (line.length <= 70) return line;
  return `(\n${words.map((word) => `                ${word},`).join('\n')}\n            )`;
}

function keywords(setting: Setting<unknown>, options: Readonly<Record<string, PythonLiteral>>): [string, string][] {
  const { written, deprecated } = setting;
  const before: [string, PythonLiteral | undefined][] = [
    ['env', setting.env],
    ['applies_to', setting.appliesTo],
    ['parameter', setting.parameter],
    ['default', written.default],
    ['development', written.in?.development],
    ['test', written.in?.test],
    ...Object.entries(options),
  ];
  const after: [string, PythonLiteral | undefined][] = [
    ['reason', setting.reason],
    ['expect', setting.expect],
    ['rollback', setting.rollback],
    ['source', setting.source],
    ['since', setting.since],
    [
      'deprecated',
      deprecated === undefined ? undefined : [deprecated.since, deprecated.replacement, deprecated.reason],
    ],
  ];
  const owner = setting.owner === serviceOwner ? 'SERVICE_OWNER' : JSON.stringify(setting.owner);
  const stated = (pairs: [string, PythonLiteral | undefined][]) =>
    pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, literal(value)] as [string, string]]));
  return [...stated(before), ['owner', owner], ...stated(after)];
}

/** The call that makes the setting, as an item of a list that is indented by eight; `before` stands in front of it. */
function construction(declared: DeclaredSetting, before: string): string[] {
  const { kind, options } = pythonOf(declared);
  const lines = keywords(declared.setting, options).map(([name, value]) => `            ${name}=${value},`);
  return [`        ${before}${kind}(`, ...lines, '        ),'];
}

function field(declared: DeclaredSetting): string[] {
  return [
    `    ${snakeCase(declared.key)}: Annotated[`,
    `        ${pythonOf(declared).type},`,
    ...construction(declared, ''),
    '    ]',
  ];
}

function platformOf(declared: readonly DeclaredSetting[]): string[] {
  if (declared.length === 0) return [];
  const entries = declared.flatMap((each) => construction(each, `"${snakeCase(each.key)}": `));
  return ['', '    platform: ClassVar[dict[str, Setting]] = {', ...entries, '    }'];
}

// An own setting is named by its field, one of another group by its label.
function operand(each: Operand): string {
  return typeof each === 'number' ? String(each) : JSON.stringify(each.includes('.') ? each : snakeCase(each));
}

function term(each: Term): string {
  if (typeof each !== 'object') return operand(each);
  const [name, operands] = 'sum' in each ? ['Sum', each.sum] : ['Product', each.product];
  return `${name}(${operands.map(operand).join(', ')})`;
}

function rulesOf(rules: readonly Rule[]): string[] {
  if (rules.length === 0) return [];
  const shown = rules.flatMap((rule) => [
    '        Rule(',
    `            says=${JSON.stringify(rule.says)},`,
    `            left=${term(rule.left)},`,
    `            relation=${JSON.stringify(rule.relation)},`,
    `            right=${term(rule.right)},`,
    `            fix=${JSON.stringify(rule.fix)},`,
    '        ),',
  ]);
  return ['', '    rules = (', ...shown, '    )'];
}

function imports(body: string): string {
  const used = (name: string) => new RegExp(`\\b${name}[(),\\]]`).test(body);
  const local = Object.entries(modules).flatMap(([module, names]) => {
    const named = names.filter(used);
    return named.length === 0 ? [] : [`from ..${module} import ${named.join(', ')}`];
  });
  const typing = ['Annotated', 'ClassVar', 'Literal'].filter((name) => body.includes(`${name}[`));
  const pydantic = body.includes('SecretStr') ? '\nfrom pydantic import SecretStr\n' : '';
  const owner = body.includes('=SERVICE_OWNER') ? ['from ...service import SERVICE_OWNER'] : [];
  return [`from typing import ${typing.join(', ')}`, pydantic, ...owner, ...local].join('\n');
}

/**
 * Writes a group as a Python module: a frozen pydantic class with the same defaults, limits, texts and rules.
 *
 * Settings that have no effect in Python are left out, and so are rules that name one of them. The module belongs into
 * `_seaworthy/default_groups/` of a generated service, and stands as `ruff format` would write it. `all` are the groups
 * whose settings its rules may name.
 *
 * @throws {TypeError} when a setting has no Python form.
 * @example
 * ```ts
 * import { logging, toPython } from '@seaworthy/defaults';
 * const module = toPython(logging, [logging]);
 * if (!module.includes('env="LOG_LEVEL"')) throw new Error('a setting is missing');
 * if (module.includes('LOG_DEPTH_LIMIT')) throw new Error('a setting of Node reached Python');
 * ```
 */
export function toPython(group: Group, all: readonly Group[]): string {
  const groups = Object.fromEntries(all.map((each) => [each.name, each]));
  const declared = allSettings({ [group.name]: group }, 'python');
  const [loaded, platform] = [true, false].map((inEnvironment) =>
    declared.filter(({ setting }) => (setting.env !== undefined) === inEnvironment),
  );
  const rules = rulesIn(groups, 'python').filter((each) => each.group.name === group.name);
  const body = [
    `class ${className(group.name)}(SettingsGroup):`,
    `    """The settings of the group ${group.name}."""`,
    '',
    `    label = ${JSON.stringify(group.name)}`,
    ...((loaded ?? []).length === 0 ? [] : ['']),
    ...(loaded ?? []).flatMap(field),
    ...platformOf(platform ?? []),
    ...rulesOf(rules.map(({ rule }) => rule)),
  ].join('\n');
  return `"""Shipped settings with their production defaults. Generated; do not edit."""\n\n${imports(body)}\n\n\n${body}\n`;
}
