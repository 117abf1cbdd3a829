import { declaredSettings, type DeclaredSetting, type Groups } from '../declare/group.ts';
import type { Runtime } from '../declare/stage.ts';
import { serviceOwner } from '../groups/service-owner.ts';

import { shownOwner } from './shown-default.ts';

/** A value that differs from the default, and the change record that says why. */
export interface LiveValue {
  readonly value: string;
  readonly change: string;
}

export interface EnvFileOptions {
  readonly service: string;
  /** Printed as the owner of every shipped setting. */
  readonly owner: string;
  readonly runtime: Runtime;
  /** Overrides, by variable name. @default none */
  readonly live?: Readonly<Record<string, LiveValue>>;
}

function assignment({ setting }: DeclaredSetting, live: LiveValue | undefined): string[] {
  if (live !== undefined) return [`# Change: ${live.change}`, `${setting.env}=${live.value}`];
  if (setting.kind.inherited) return [`# ${setting.env}=${setting.written.default ?? ''}`];
  return [`# ${setting.env} comes from the environment, never from this file`];
}

/**
 * Writes a service's production file: every setting under its reason, expected result and way back.
 *
 * A setting at its default stands commented out, so that a better default reaches the service with an upgrade.
 *
 * @throws {TypeError} when a live value names no setting, or one its kind refuses.
 * @example
 * ```ts
 * import { logging, toEnvFile } from '@seaworthy/defaults';
 * const live = { LOG_LEVEL: { value: 'warn', change: 'docs/changes/0002-quiet-log.md' } };
 * const file = toEnvFile({ logging }, { service: 'orders-api', owner: 'team-orders', runtime: 'node', live });
 * if (!file.includes('\nLOG_LEVEL=warn\n')) throw new Error('the override is missing');
 * ```
 */
export function toEnvFile(groups: Groups, { service, owner, runtime, live = {} }: EnvFileOptions): string {
  const declared = declaredSettings(groups, runtime);
  for (const [name, { value }] of Object.entries(live)) {
    const setting = declared.find((each) => each.setting.env === name)?.setting;
    if (setting === undefined) throw new TypeError(`toEnvFile: no setting declares ${name}`);
    if ('refused' in setting.kind.read(value))
      throw new TypeError(`toEnvFile: ${name} must be ${setting.kind.expected}`);
  }
  const header = [
    `# Production settings of ${service}. A line that begins with # is a comment: the default holds.`,
    '# To change one, state it with its change record where the service declares its production overrides, and write this',
    '# file again; then restart one instance and watch. A value edited only here holds too, until the file is written again.',
  ].join('\n');
  const blocks = declared.map((each) =>
    [
      `# ${each.label}: ${each.setting.kind.expected}`,
      `# Why: ${each.setting.reason}`,
      `# Expected: ${each.setting.expect}`,
      `# Way back: ${each.setting.rollback}`,
      `# Owner: ${shownOwner(each.setting, serviceOwner, owner)}`,
      ...assignment(each, live[each.setting.env]),
    ].join('\n'),
  );
  return `${[header, ...blocks].join('\n\n')}\n`;
}
