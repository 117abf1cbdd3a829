import { envSettings, type DeclaredSetting, type Groups } from '../declare/group.ts';
import type { EnvSetting } from '../declare/setting.ts';
import type { Runtime } from '../declare/stage.ts';
import { ownerOf } from '../groups/service-owner.ts';
import { SettingsError } from '../errors/settings-error.ts';
import { lastGenerated, parseEnvFile, type Stated } from '../load/env-file.ts';
import { fileVariable } from '../load/sources.ts';
import { unknownInFile } from '../load/unknown-names.ts';

import { shownDeprecation } from './shown-default.ts';

export interface EnvFileOptions {
  readonly service: string;
  /** Printed as the owner of every shipped setting. */
  readonly owner: string;
  readonly runtime: Runtime;
  /** `production` lists every setting, `staging` only what differs. @default 'production' */
  readonly stage?: 'production' | 'staging';
  /** The file as it is: its live lines and their notes are kept. @default no live line */
  readonly current?: string;
}

type Live = ReadonlyMap<string, Stated>;
type Loaded = DeclaredSetting<EnvSetting<unknown>>;

const headers = {
  production: (service: string) =>
    [
      `# Production settings of ${service}. A line that begins with # is a comment: the default holds.`,
      '# To change one, write docs/changes/NNNN-what.md, remove the # before the value, set it, and put a line',
      '# "# Change: docs/changes/NNNN-what.md" above it; restart one instance and watch. To go back, put the # back.',
    ].join('\n'),
  staging: (service: string) =>
    `# Staging settings of ${service}: only what differs from config/production.env, each line with why.`,
};

function liveLines({ setting }: Loaded, live: Live): string[] | undefined {
  const lines = [setting.env, fileVariable(setting) ?? ''].flatMap((name) => {
    const stated = live.get(name);
    if (stated === undefined) return [];
    return [...(stated.comments ?? []), `${name}=${stated.raw}`];
  });
  return lines.length === 0 ? undefined : lines;
}

function silentLine({ setting }: Loaded): string {
  if (setting.kind.inherited) return `# ${setting.env}=${setting.written.default ?? ''}`;
  const file = `the file that ${setting.env}_FILE names`;
  return setting.kind.name === 'secret'
    ? `# ${setting.env} comes from the environment or ${file}, never from this file`
    : `# ${setting.env} is stated by each environment: here, in its environment, or in ${file}`;
}

function productionBlock(declared: Loaded, owner: string, live: Live): string {
  const { label, setting } = declared;
  const deprecation = shownDeprecation(setting);
  return [
    `# ${label}: ${setting.kind.expected}`,
    ...(deprecation === undefined ? [] : [`# Deprecated: ${deprecation}`]),
    `# Why: ${setting.reason}`,
    `# Expected: ${setting.expect}`,
    `# Way back: ${setting.rollback}`,
    `${lastGenerated}${ownerOf(setting, owner)}`,
    ...(liveLines(declared, live) ?? [silentLine(declared)]),
  ].join('\n');
}

/**
 * Writes a service's file of production or staging settings.
 *
 * In production's, every setting stands under its reason, expected result and way back; one at its default is commented
 * out, so that a better default reaches the service with an upgrade. Live lines of `current` are kept with the comments a
 * person wrote above them, so that a comparison of `current` with the result finds wrong names and comments, and never a value.
 *
 * @throws {SettingsError} when `current` has a line that is not understood, or a name that no setting declares.
 * @example
 * ```ts
 * import { logging, toEnvFile } from '@seaworthy/defaults';
 * const current = '# Change: docs/changes/0002-quiet-log.md\nLOG_LEVEL=warn\n';
 * const file = toEnvFile({ logging }, { service: 'orders-api', owner: 'team-orders', runtime: 'node', current });
 * if (!file.includes('0002-quiet-log.md\nLOG_LEVEL=warn\n')) throw new Error('the override is missing');
 * ```
 */
export function toEnvFile(groups: Groups, options: EnvFileOptions): string {
  const { service, owner, runtime, stage = 'production', current = '' } = options;
  const declared = envSettings(groups, runtime);
  const names = declared.map(({ setting }) => setting.env);
  const known = new Set([...names, ...declared.flatMap(({ setting }) => fileVariable(setting) ?? [])]);
  const file = parseEnvFile(`config/${stage}.env`, current, owner);
  const problems = [...file.problems, ...unknownInFile(file, known, names, owner)];
  if (problems.length > 0) throw new SettingsError(problems, declared.length, stage, 'The file was not written.');
  const blocks =
    stage === 'production'
      ? declared.map((each) => productionBlock(each, owner, file.values))
      : declared.flatMap((each) => liveLines(each, file.values)?.join('\n') ?? []);
  return `${[headers[stage](service), ...blocks].join('\n\n')}\n`;
}
