import type { Setting } from '../declare/setting.ts';
import type { Stage } from '../declare/stage.ts';

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

export interface Sources {
  readonly files: readonly EnvFile[];
  /** What is stated for a setting outside its declaration; the environment wins over the files. */
  find(setting: Setting<unknown>): Stated | undefined;
}

export function openSources(env: Environment, paths: readonly string[], owner: string): Sources {
  const files = paths.map((path) => readEnvFile(path, owner));
  function find(setting: Setting<unknown>): Stated | undefined {
    const raw = env[setting.env];
    if (raw !== undefined) return { raw, from: 'environment' };
    const readable = setting.kind.inherited ? files : files.slice(-1);
    return readable.findLast((file) => file.values.has(setting.env))?.values.get(setting.env);
  }
  return { files, find };
}
