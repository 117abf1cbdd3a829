import { DeclarationError } from './declaration-error.ts';
import type { Group, Settings } from './group.ts';
import type { Rule } from './rule.ts';
import { writtenDefault, type Setting } from './setting.ts';
import { stages } from './stage.ts';

const texts = ['owner', 'reason', 'expect', 'rollback'] as const;

function* wrongTexts(label: string, setting: Setting<unknown>): Generator<string> {
  for (const text of texts) {
    const value: unknown = setting[text];
    if (typeof value !== 'string' || value.trim() === '' || /[\r\n|]/.test(value)) {
      yield `${label}: expected ${text} to be one line of text without "|", got ${JSON.stringify(value)}`;
    }
  }
}

function* wrongDefaults(label: string, setting: Setting<unknown>): Generator<string> {
  const stagesByDefault = Map.groupBy(stages, (stage) => writtenDefault(setting, stage));
  for (const [written, where] of stagesByDefault) {
    const reading = written === undefined ? undefined : setting.kind.read(written);
    if (reading !== undefined && 'refused' in reading) {
      const { why } = reading.refused;
      yield `${label}: its own default (${where.join(', ')}) is refused: ${why}; expected ${setting.kind.expected}`;
    }
  }
}

function* wrongNames(label: string, prefix: string, env: string): Generator<string> {
  if (!/^[A-Z][A-Z0-9_]*$/.test(env) || !env.startsWith(prefix)) {
    yield `${label}: expected env to be an upper-case name that begins with "${prefix}", got ${JSON.stringify(env)}`;
  }
  if (env === 'DEPLOY_ENVIRONMENT') yield `${label}: DEPLOY_ENVIRONMENT names the stage and belongs to no group`;
}

/**
 * Declares a group of settings with their defaults, texts and the rules between them.
 *
 * Every default is read once for every stage here, so that a wrong one fails in CI and not in production.
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
    problems.push(
      ...wrongTexts(label, setting),
      ...wrongNames(label, prefix, setting.env),
      ...wrongDefaults(label, setting),
    );
    const other = owners.get(setting.env);
    if (other !== undefined) problems.push(`${label}: ${setting.env} is already declared by ${other}`);
    owners.set(setting.env, label);
  }
  for (const rule of rules) {
    for (const key of [rule.left, rule.right]) {
      if (!Object.hasOwn(settings, key))
        problems.push(`${name}: the rule "${rule.says}" names ${key}, which is not declared`);
    }
  }
  if (problems.length > 0) throw new DeclarationError(problems);
  return Object.freeze({ name, prefix, settings: Object.freeze({ ...settings }), rules: Object.freeze([...rules]) });
}
