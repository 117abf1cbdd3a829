import { envSettings, type DeclaredSetting, type Groups } from '../declare/group.ts';
import type { EnvSetting } from '../declare/setting.ts';
import type { Stage } from '../declare/stage.ts';
import type { Problem } from '../errors/problem.ts';

import { brokenRules } from './broken-rules.ts';
import { readSetting, type ReadValue } from './read-setting.ts';
import { fileVariable, type Environment, type Sources } from './sources.ts';
import { misspeltInEnvironment, unknownInFile } from './unknown-names.ts';

export interface ReadSettings {
  readonly declared: readonly DeclaredSetting<EnvSetting<unknown>>[];
  /** What could be read, by label. */
  readonly read: ReadonlyMap<string, ReadValue>;
  readonly problems: readonly Problem[];
}

/** Reads every setting, and finds everything that is wrong: with the files, the names, the values, and the rules between them. */
export function readAll(groups: Groups, env: Environment, sources: Sources, stage: Stage, owner: string): ReadSettings {
  const declared = envSettings(groups, 'node');
  const names = declared.map(({ setting }) => setting.env);
  const known = new Set([...names, ...declared.flatMap(({ setting }) => fileVariable(setting) ?? [])]);
  const problems = sources.files.flatMap((file) => [...file.problems, ...unknownInFile(file, known, names, owner)]);
  problems.push(...misspeltInEnvironment(env, known, owner));
  const read = new Map<string, ReadValue>();
  for (const each of declared) {
    const result = readSetting(each, sources, stage, owner);
    if ('problem' in result) problems.push(result.problem);
    else read.set(each.label, result);
  }
  problems.push(...brokenRules(groups, read, stage, owner));
  return { declared, read, problems };
}
