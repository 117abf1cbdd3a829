import { DeclarationError } from './declaration-error.ts';
import { defineDefaults } from './define-defaults.ts';
import type { Group, Settings } from './group.ts';
import type { Setting, Texts } from './setting.ts';

type OwnTexts = Pick<Texts, 'owner' | 'reason' | 'expect' | 'rollback' | 'source' | 'since'>;

/** Another default for one setting, in its written form, with texts of its own. */
export interface OverriddenDefault extends OwnTexts {
  readonly default: string;
}

/**
 * Gives settings of a shipped group other defaults; each needs its own owner, reason, expected result and way back.
 *
 * The default holds in every stage, staging included; what one environment changes stands in its file instead.
 *
 * @throws {DeclarationError} when a setting is not declared, or its kind refuses the new default.
 * @example
 * ```ts
 * import { httpServer, loadSettings, overrideDefaults } from '@seaworthy/defaults';
 * const uploads = overrideDefaults(httpServer, {
 *   bodyLimitBytes: {
 *     default: '20MiB', owner: 'team-files', reason: 'a scanned contract has up to 15MiB',
 *     expect: 'no contract gets 413', rollback: 'remove the override and release',
 *   },
 * });
 * const { settings } = loadSettings({ http: uploads }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-files' });
 * if (settings.http.bodyLimitBytes !== 20 * 1024 ** 2) throw new Error('expected the new default');
 * ```
 */
export function overrideDefaults<S extends Settings>(
  group: Group<S>,
  overrides: Readonly<Partial<Record<keyof S, OverriddenDefault>>>,
): Group<S> {
  const settings: Record<string, Setting<unknown>> = { ...group.settings };
  const unknown: string[] = [];
  for (const [key, override] of Object.entries<OverriddenDefault | undefined>(overrides)) {
    const shipped = settings[key];
    if (override === undefined) continue;
    if (shipped === undefined) {
      unknown.push(`${group.name}.${key}: it is not declared, so its default cannot be overridden`);
      continue;
    }
    // What the shipped texts say of the shipped value is not said of another.
    const { owner: _owner, reason: _reason, expect: _expect, rollback: _rollback, source: _source, ...kept } = shipped;
    const { default: written, ...texts } = override;
    settings[key] = Object.freeze({ ...kept, ...texts, written: Object.freeze({ default: written }) });
  }
  if (unknown.length > 0) throw new DeclarationError(unknown);
  return defineDefaults(group.name, group.prefix, settings, group.rules) as unknown as Group<S>;
}
