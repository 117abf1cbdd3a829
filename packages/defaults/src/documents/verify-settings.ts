import { checkGroups } from '../declare/check-groups.ts';
import type { DeclaredSetting, Groups } from '../declare/group.ts';
import { localDefault, type EnvSetting } from '../declare/setting.ts';
import type { Stage } from '../declare/stage.ts';
import type { Problem } from '../errors/problem.ts';
import type { EnvFile, Notes } from '../load/env-file.ts';
import { fileSystem } from '../load/file-system.ts';
import { readAll } from '../load/read-all.ts';
import type { ReadValue } from '../load/read-setting.ts';
import { openSources, type StageFiles } from '../load/sources.ts';

import type { DescribedSetting, SettingsDescription } from './describe-settings.ts';

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

function undocumented(name: string, from: string, expected: string, why: string, fix: string, owner: string): Problem {
  return { code: 'CFG_UNDOCUMENTED', name, got: 'a live line', from, expected, why, fix, retryable: false, owner };
}

function noteProblem(name: string, from: string, notes: Notes, ofProduction: boolean, owner: string): Problem[] {
  const { change, differs, shared } = notes;
  if (!ofProduction) {
    if (differs !== undefined || shared !== undefined) return [];
    const fix = `put "# Differs: why" directly above ${name}`;
    return [
      undocumented(name, from, 'a line "# Differs: why" above it', 'nothing says why staging differs', fix, owner),
    ];
  }
  const fix = `write the record, and put "# Change: docs/changes/NNNN-what.md" directly above ${name}`;
  const expected = 'a line "# Change: …" above it that names a record';
  if (change === undefined)
    return [undocumented(name, from, expected, 'no record says why it was changed', fix, owner)];
  if (fileSystem().existsSync(change)) return [];
  return [undocumented(name, from, expected, 'the record it names is not there', fix, owner)];
}

/** A live line is a difference; somebody wrote down why, or it is a problem. */
function undocumentedLines(files: readonly EnvFile[], owner: string): Problem[] {
  return files.flatMap(({ values }, index) =>
    [...values].flatMap(([name, { from, notes = {} }]) => noteProblem(name, from, notes, index === 0, owner)),
  );
}

const atStart = 'from the environment at start';

function describe(
  { label, setting }: DeclaredSetting<EnvSetting<unknown>>,
  environment: Stage,
  read?: ReadValue,
): DescribedSetting {
  if (read === undefined)
    return { setting: label, value: 'unknown', origin: setting.kind.inherited ? 'none' : atStart };
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
 * the environment at start.
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
  const settings = declared.map(
    (each) => [each.setting.env, describe(each, environment, read.get(each.label))] as const,
  );
  return {
    environment,
    settings: Object.fromEntries(settings),
    problems: [
      ...problems.filter(({ code, setting }) => code !== 'CFG_MISSING' || setting === undefined),
      ...undocumentedLines(sources.files, owner),
    ],
  };
}
