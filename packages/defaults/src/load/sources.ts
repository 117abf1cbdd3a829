import type { EnvSetting } from '../declare/setting.ts';
import type { Stage } from '../declare/stage.ts';

import { isServiceLink } from './foreign-names.ts';
import { readEnvFile, type EnvFile, type Stated } from './env-file.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration files of each stage; a later file wins over an earlier one, and the last is the stage's own. */
export type StageFiles = Readonly<Partial<Record<Stage, readonly string[]>>>;

/**
 * The files a service reads: `production.env`, and on staging `staging.env` over it; development and test read none.
 *
 * @example
 * ```ts
 * import { serviceFiles } from '@seaworthy/defaults';
 * if (serviceFiles('config').staging?.at(-1) !== 'config/staging.env') throw new Error('staging has its own file');
 * ```
 */
export function serviceFiles(directory: string): StageFiles {
  const production = `${directory}/production.env`;
  return { production: [production], staging: [production, `${directory}/staging.env`] };
}

/** The last place that states a setting. */
export interface Found extends Stated {
  /** The variable that is set: the setting's own, or the one that names a file. */
  readonly name: string;
  /** True when the same place sets both. */
  readonly twice: boolean;
}

export interface Sources {
  readonly files: readonly EnvFile[];
  /** What is stated for a setting outside its declaration; the environment wins over the files. */
  find(setting: EnvSetting<unknown>): Found | undefined;
  /** What production's file states for a setting, where the stage has a file of its own after it. */
  inProduction(setting: EnvSetting<unknown>): Stated | undefined;
}

/** The variable that may name a file which holds the value; only what is never inherited has one. */
export function fileVariable({ env, kind }: EnvSetting<unknown>): string | undefined {
  return kind.inherited ? undefined : `${env}_FILE`;
}

export function openSources(env: Environment, paths: readonly string[], owner: string): Sources {
  const files = paths.map((path) => readEnvFile(path, owner));
  function inEnvironment(name: string): Stated | undefined {
    const raw = env[name];
    return raw === undefined || isServiceLink(name, raw) ? undefined : { raw, from: 'environment' };
  }
  function find(setting: EnvSetting<unknown>): Found | undefined {
    const indirect = fileVariable(setting);
    const readable = setting.kind.inherited ? files : files.slice(-1);
    const places = [
      inEnvironment,
      ...readable.toReversed().map(
        ({ values }) =>
          (name: string) =>
            values.get(name),
      ),
    ];
    for (const at of places) {
      const direct = at(setting.env);
      const named = indirect === undefined ? undefined : at(indirect);
      if (direct !== undefined) return { ...direct, name: setting.env, twice: named !== undefined };
      if (named !== undefined && indirect !== undefined) return { ...named, name: indirect, twice: false };
    }
    return undefined;
  }
  const inProduction = ({ env: name }: EnvSetting<unknown>) =>
    files.length > 1 ? files[0]?.values.get(name) : undefined;
  return { files, find, inProduction };
}
