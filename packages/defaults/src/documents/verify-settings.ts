import { checkGroups } from '../declare/check-groups.ts';
import type { DeclaredSetting, Groups } from '../declare/group.ts';
import { localDefault, type EnvSetting } from '../declare/setting.ts';
import type { Stage } from '../declare/stage.ts';
import type { Problem } from '../errors/problem.ts';
import { readAll } from '../load/read-all.ts';
import type { ReadValue } from '../load/read-setting.ts';
import { openSources, type StageFiles } from '../load/sources.ts';

import type { DescribedSetting, SettingsDescription } from './describe-settings.ts';
import { exposedSecrets, undocumentedLines } from './verify-lines.ts';

export interface VerifyOptions {
  readonly environment: Stage;
  /** The configuration files of each stage. @default none */
  readonly files?: StageFiles;
  /** Printed with every problem. */
  readonly owner: string;
}

/** The settings of an environment as its files state them, and everything that is wrong with those files. */
export interface SettingsReport extends SettingsDescription {
  readonly problems: readonly Problem[];
}

type Declared = DeclaredSetting<EnvSetting<unknown>>;

/** What only the host of the environment has: an address or a secret in its environment, or in a file. */
function hostOrigin(problem: Problem | undefined, { setting }: Declared): string | undefined {
  if (problem?.code === 'CFG_SOURCE') return 'from a file at start';
  return problem?.code === 'CFG_MISSING' && !setting.kind.inherited ? 'from the environment at start' : undefined;
}

function describe({ label, setting }: Declared, read: ReadValue, environment: Stage): DescribedSetting {
  const { change, differs, shared } = read.notes;
  const local = !read.stated && localDefault(setting, environment) !== undefined;
  const why = differs ?? shared ?? change ?? (local ? setting.reason : undefined);
  const described = { setting: label, value: setting.kind.show(read.value), origin: read.origin };
  return why === undefined ? described : { ...described, why };
}

/**
 * Checks the files of an environment without starting the service: what the service would refuse, and what nobody wrote down.
 *
 * The environment of this process is not read. An address or secret that no file states is no problem here: it comes from
 * the environment at start, or from a file that only the host of that environment has.
 *
 * @example
 * ```ts
 * import { logging, verifySettings } from '@seaworthy/defaults';
 * const { problems } = verifySettings({ logging }, { environment: 'production', owner: 'team-orders' });
 * if (problems.length > 0) throw new Error('defaults need no record');
 * ```
 */
export function verifySettings(groups: Groups, { environment, files = {}, owner }: VerifyOptions): SettingsReport {
  checkGroups(groups);
  const sources = openSources({}, files[environment] ?? [], owner);
  const { declared, read, problems } = readAll(groups, {}, sources, environment, owner);
  const ofTheHost = new Set<Problem>();
  const settings = declared.map((each): [string, DescribedSetting] => {
    const value = read.get(each.label);
    if (value !== undefined) return [each.setting.env, describe(each, value, environment)];
    const problem = problems.find(({ setting }) => setting === each.label);
    const origin = hostOrigin(problem, each);
    if (problem !== undefined && origin !== undefined) ofTheHost.add(problem);
    return [each.setting.env, { setting: each.label, value: 'unknown', origin: origin ?? 'none' }];
  });
  return {
    environment,
    settings: Object.fromEntries(settings),
    problems: [
      ...problems.filter((problem) => !ofTheHost.has(problem)),
      ...undocumentedLines(sources.files, owner),
      ...exposedSecrets(sources.files, declared, owner),
    ],
  };
}
