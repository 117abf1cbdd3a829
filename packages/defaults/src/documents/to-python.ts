import { rulesIn, worksIn, type Groups } from '../declare/group.ts';
import type { PythonLiteral } from '../declare/kind.ts';
import type { Rule } from '../declare/rule.ts';
import type { Setting } from '../declare/setting.ts';
import { serviceOwner } from '../groups/service-owner.ts';

// Where a service keeps the base of a group and its kinds.
const modules: Readonly<Record<string, readonly string[]>> = {
  quantity_kinds: ['Bytes', 'Count', 'Duration'],
  text_kinds: ['OneOf', 'SecretText', 'Text', 'Url'],
};

const snakeCase = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const className = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

function literal(value: PythonLiteral): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  const words = value.map((word) => JSON.stringify(word));
  return `(${words.join(', ')}${words.length === 1 ? ',' : ''})`;
}

function keywords(setting: Setting<unknown>): [string, string][] {
  const { kind, written } = setting;
  const optional: [string, PythonLiteral | undefined][] = [
    ['default', written.default],
    ['development', written.in?.development],
    ['test', written.in?.test],
    ...Object.entries(kind.python.options),
  ];
  const texts: [string, PythonLiteral | undefined][] = [
    ['reason', setting.reason],
    ['expect', setting.expect],
    ['rollback', setting.rollback],
    ['source', setting.source],
  ];
  const owner = setting.owner === serviceOwner ? 'SERVICE_OWNER' : JSON.stringify(setting.owner);
  const stated = (pairs: [string, PythonLiteral | undefined][]) =>
    pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, literal(value)] as [string, string]]));
  return [['env', JSON.stringify(setting.env)], ...stated(optional), ['owner', owner], ...stated(texts)];
}

function field(key: string, setting: Setting<unknown>): string {
  const { kind, type } = setting.kind.python;
  const lines = keywords(setting).map(([name, value]) => `            ${name}=${value},`);
  return [
    `    ${snakeCase(key)}: Annotated[`,
    `        ${type},`,
    `        ${kind}(`,
    ...lines,
    '        ),',
    '    ]',
  ].join('\n');
}

function rulesOf(rules: readonly Rule[]): string[] {
  if (rules.length === 0) return [];
  const shown = rules.flatMap((rule) => [
    '        Rule(',
    `            says=${JSON.stringify(rule.says)},`,
    `            left=${JSON.stringify(snakeCase(rule.left))},`,
    `            relation=${JSON.stringify(rule.relation)},`,
    `            right=${JSON.stringify(snakeCase(rule.right))},`,
    `            fix=${JSON.stringify(rule.fix)},`,
    '        ),',
  ]);
  return ['', '    rules = (', ...shown, '    )'];
}

/**
 * Writes groups as Python: a frozen pydantic class for each, with the same defaults, limits, texts and rules.
 *
 * Settings that have no effect in Python are left out. The module belongs beside `settings_group.py` of a generated
 * service, and stands as `ruff format` would write it.
 *
 * @example
 * ```ts
 * import { logging, toPython } from '@seaworthy/defaults';
 * const module = toPython({ logging });
 * if (!module.includes('env="LOG_LEVEL"')) throw new Error('a setting is missing');
 * if (module.includes('LOG_DEPTH_LIMIT')) throw new Error('a setting of Node reached Python');
 * ```
 */
export function toPython(groups: Groups): string {
  const used = new Set<string>();
  const types = new Set(['Annotated']);
  const classes = Object.values(groups).map((group) => {
    const settings = Object.entries<Setting<unknown>>(group.settings).filter(([, each]) => worksIn(each, 'python'));
    for (const [, { kind }] of settings) {
      used.add(kind.python.kind);
      if (kind.python.type.startsWith('Literal')) types.add('Literal');
    }
    const head = [
      `class ${className(group.name)}(SettingsGroup):`,
      `    """The settings of the group ${group.name}."""`,
      '',
    ];
    const body = settings.map(([key, each]) => field(key, each));
    return [
      ...head,
      `    label = ${JSON.stringify(group.name)}`,
      '',
      ...body,
      ...rulesOf(rulesIn(group, 'python')),
    ].join('\n');
  });
  const imports = Object.entries(modules).flatMap(([module, kinds]) => {
    const named = kinds.filter((kind) => used.has(kind));
    return named.length === 0 ? [] : [[module, named.join(', ')] as const];
  });
  const rule = Object.values(groups).some((group) => rulesIn(group, 'python').length > 0) ? 'Rule, ' : '';
  const local = [...imports, ['settings_group', `${rule}SettingsGroup`] as const]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([module, names]) => `from .${module} import ${names}`);
  return `"""Shipped settings with their production defaults. Generated; do not edit."""

from typing import ${[...types].join(', ')}

from ..service import SERVICE_OWNER
${local.join('\n')}


${classes.join('\n\n\n')}
`;
}
