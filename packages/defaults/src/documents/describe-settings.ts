import { envSettings, type Groups } from '../declare/group.ts';
import type { LoadedSettings } from '../load/load-settings.ts';

/** One setting as a document shows it: nothing in it is secret. */
export interface DescribedSetting {
  /** `httpServer.port` */
  readonly setting: string;
  readonly value: string;
  readonly origin: string;
  /** Why the value is no default of production: the note of its line, or the reason of the stage's default. */
  readonly why?: string;
}

/** What a service prints about its settings, by variable name. */
export interface SettingsDescription {
  readonly environment: string;
  readonly settings: Readonly<Record<string, DescribedSetting>>;
}

/**
 * Describes loaded settings by variable name: label, written value and origin; secrets and passwords are hidden.
 *
 * @example
 * ```ts
 * import { describeSettings, loadSettings, logging } from '@seaworthy/defaults';
 * const groups = { logging };
 * const loaded = loadSettings(groups, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * if (describeSettings(groups, loaded).settings['LOG_LEVEL']?.value !== 'info') throw new Error('expected the default');
 * ```
 */
export function describeSettings<const G extends Groups>(groups: G, loaded: LoadedSettings<G>): SettingsDescription {
  const values: Readonly<Record<string, Readonly<Record<string, unknown>>>> = loaded.settings;
  const origins: Readonly<Record<string, Readonly<Record<string, string>>>> = loaded.origin;
  const entries = envSettings(groups, 'node').map(({ groupKey, key, label, setting }) => [
    setting.env,
    { setting: label, value: setting.kind.show(values[groupKey]?.[key]), origin: origins[groupKey]?.[key] ?? '' },
  ]);
  return { environment: loaded.environment, settings: Object.fromEntries(entries) as SettingsDescription['settings'] };
}
