import { DeclarationError } from './declaration-error.ts';
import type { Group, Settings } from './group.ts';
import { holds, settingsOf, type Rule } from './rule.ts';
import type { Setting } from './setting.ts';
import { wrongSetting } from './wrong-setting.ts';

function defaultOf(setting: Setting<unknown> | undefined): unknown {
  const reading = setting?.written.default === undefined ? undefined : setting.kind.read(setting.written.default);
  return reading !== undefined && 'value' in reading ? reading.value : undefined;
}

function* wrongRules(name: string, settings: Settings, rules: readonly Rule[]): Generator<string> {
  for (const rule of rules) {
    const label = `${name}: the rule "${rule.says}"`;
    const own = settingsOf(rule).filter((key) => !key.includes('.'));
    for (const key of own.filter((each) => !Object.hasOwn(settings, each)))
      yield `${label} names ${key}, which is not declared`;
    const values = own.map((key) => [key, defaultOf(settings[key])] as const);
    for (const [key, value] of values)
      if (value !== undefined && typeof value !== 'number') yield `${label} names ${key}, which is no number`;
    // Other groups may declare other defaults: a rule across groups waits until both are loaded.
    const comparable = own.length === settingsOf(rule).length && values.every(([, value]) => typeof value === 'number');
    if (comparable && !holds(rule, (key) => defaultOf(settings[key]))) yield `${label} is broken by the defaults`;
  }
}

/**
 * Declares a group of settings with their defaults, texts and the rules between them.
 *
 * Every default is read for every stage here, so that a wrong one fails in CI and not in production.
 *
 * @throws {DeclarationError} naming every wrong default, text, name and rule at once.
 * @example
 * ```ts
 * import { defineDefaults, duration } from '@seaworthy/defaults';
 * const texts = { owner: 'team-mail', reason: 'the provider answers in 300ms', expect: 'no slow mail', rollback: 'unset it' };
 * const mail = defineDefaults('mail', 'MAIL_', {
 *   connectMs: duration({ env: 'MAIL_CONNECT', default: '1s', min: '100ms', max: '5s', ...texts }),
 *   totalMs: duration({ env: 'MAIL_TOTAL', default: '5s', min: '1s', max: '30s', ...texts }),
 * }, [{ says: 'connect shorter than total', left: 'connectMs', relation: '<', right: 'totalMs', fix: 'lower MAIL_CONNECT' }]);
 * if (mail.settings.connectMs.env !== 'MAIL_CONNECT') throw new Error('the declaration was lost');
 * ```
 */
export function defineDefaults<S extends Settings>(
  name: string,
  prefix: string,
  settings: S,
  rules: readonly Rule<Extract<keyof S, string>>[] = [],
): Group<S> {
  const problems: string[] = [];
  const owners = new Map<string, string>();
  for (const [key, setting] of Object.entries<Setting<unknown>>(settings)) {
    const label = `${name}.${key}`;
    problems.push(...wrongSetting(label, prefix, setting));
    if (setting.env === undefined) continue;
    const other = owners.get(setting.env);
    if (other !== undefined) problems.push(`${label}: ${setting.env} is already declared by ${other}`);
    owners.set(setting.env, label);
  }
  problems.push(...wrongRules(name, settings, rules));
  if (problems.length > 0) throw new DeclarationError(problems);
  return Object.freeze({ name, prefix, settings: Object.freeze({ ...settings }), rules: Object.freeze([...rules]) });
}
