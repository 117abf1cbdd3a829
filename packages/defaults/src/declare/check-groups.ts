import { DeclarationError } from './declaration-error.ts';
import type { Groups } from './group.ts';
import { settingsOf } from './rule.ts';
import type { Setting } from './setting.ts';

function* namesOwnedTwice(all: readonly (readonly [string, Setting<unknown>])[]): Generator<string> {
  const labels = Map.groupBy(all, ([, setting]) => setting.env);
  for (const [env, owners] of labels) {
    if (env !== undefined && owners.length > 1)
      yield `${env} is declared by ${owners.map(([label]) => label).join(' and ')}`;
  }
}

function* missingReplacements(all: readonly (readonly [string, Setting<unknown>])[]): Generator<string> {
  const names = new Set(all.map(([, { env }]) => env));
  for (const [label, { deprecated }] of all) {
    if (deprecated !== undefined && !names.has(deprecated.replacement))
      yield `${label}: its replacement ${deprecated.replacement} is declared by no group`;
  }
}

function* missingOperands(groups: Groups, labels: ReadonlySet<string>): Generator<string> {
  const names = new Set(Object.values(groups).map(({ name }) => name));
  for (const group of Object.values(groups)) {
    for (const rule of group.rules) {
      for (const operand of settingsOf(rule)) {
        const [other = ''] = operand.split('.');
        if (operand.includes('.') && names.has(other) && !labels.has(operand))
          yield `${group.name}: the rule "${rule.says}" names ${operand}, which is not declared`;
      }
    }
  }
}

function* namesTakenTwice(groups: Groups): Generator<string> {
  const keys = Map.groupBy(Object.entries(groups), ([, { name }]) => name);
  for (const [name, taken] of keys) {
    if (taken.length > 1) yield `two groups are called ${name}: ${taken.map(([key]) => key).join(' and ')}`;
  }
}

const checked = new WeakSet<Groups>();

/**
 * Refuses groups that do not fit together; a set of groups is looked at once.
 *
 * @throws {DeclarationError} naming every group and variable declared twice, every replacement and every operand that is missing.
 */
export function checkGroups(groups: Groups): void {
  if (checked.has(groups)) return;
  const all = Object.values(groups).flatMap((group) =>
    Object.entries<Setting<unknown>>(group.settings).map(
      ([key, setting]) => [`${group.name}.${key}`, setting] as const,
    ),
  );
  const problems = [
    ...namesTakenTwice(groups),
    ...namesOwnedTwice(all),
    ...missingReplacements(all),
    ...missingOperands(groups, new Set(all.map(([label]) => label))),
  ];
  if (problems.length > 0) throw new DeclarationError(problems);
  checked.add(groups);
}
