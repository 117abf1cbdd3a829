import type { EnvSetting } from '../declare/setting.ts';

const told = new Set<string>();

/** Says once in a process that a stated setting goes away, and what to set instead. */
export function warnDeprecated({ env, deprecated }: EnvSetting<unknown>): void {
  if (deprecated === undefined || told.has(env)) return;
  told.add(env);
  const { since, reason, replacement } = deprecated;
  process.emitWarning(`${env} is deprecated since ${since}: ${reason}. Set ${replacement} instead.`, {
    type: 'SettingsWarning',
    code: 'CFG_DEPRECATED',
  });
}
