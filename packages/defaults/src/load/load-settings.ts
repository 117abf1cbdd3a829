import { DeclarationError } from '../declare/declaration-error.ts';
import { declaredSettings, rulesIn, type DeclaredSetting, type Groups, type Values } from '../declare/group.ts';
import { holds } from '../declare/rule.ts';
import type { Stage } from '../declare/stage.ts';
import type { Problem } from '../errors/problem.ts';
import { SettingsError } from '../errors/settings-error.ts';

import { readSetting } from './read-setting.ts';
import { openSources, type Environment, type StageFiles } from './sources.ts';
import { readStage } from './stage.ts';
import { misspeltInEnvironment, unknownInFile } from './unknown-names.ts';

export interface LoadOptions {
  /** Usually `process.env`; it is read, never changed. */
  readonly env: Environment;
  /** The configuration files of each stage. @default none */
  readonly files?: StageFiles;
  /** Who answers for the service: printed with every problem. */
  readonly owner: string;
}

/** The settings of a service, and where each value came from. */
export interface LoadedSettings<G extends Groups> {
  readonly environment: Stage;
  readonly settings: { readonly [Name in keyof G]: Values<G[Name]['settings']> };
  /** `default`, `default (development)`, `environment` or `file config/staging.env:12` */
  readonly origin: { readonly [Name in keyof G]: { readonly [Key in keyof G[Name]['settings']]: string } };
}

type Table<T> = Record<string, Record<string, T>>;

function brokenRules(groups: Groups, values: Table<unknown>, origins: Table<string>, owner: string): Problem[] {
  return Object.entries(groups).flatMap(([groupKey, group]) =>
    rulesIn(group, 'node')
      .filter(({ left, relation, right }) => !holds(values[groupKey]?.[left], relation, values[groupKey]?.[right]))
      .map((rule) => {
        const keys = [rule.left, rule.right];
        const shown = keys.map((key) => group.settings[key]?.kind.show(values[groupKey]?.[key]));
        return {
          code: 'CFG_RULE',
          name: keys.map((key) => group.settings[key]?.env).join(' + '),
          setting: group.name,
          got: shown.join(' and '),
          from: keys.map((key) => origins[groupKey]?.[key]).join(' and '),
          expected: rule.says,
          why: 'each value is valid alone, not together',
          fix: rule.fix,
          retryable: false,
          owner,
        };
      }),
  );
}

function refuseTwoOwners(declared: readonly DeclaredSetting[]): void {
  const labels = Map.groupBy(declared, ({ setting }) => setting.env);
  const twice = [...labels].filter(([, owners]) => owners.length > 1);
  if (twice.length === 0) return;
  throw new DeclarationError(
    twice.map(([env, owners]) => `${env} is declared by ${owners.map(({ label }) => label).join(' and ')}`),
  );
}

function frozen<T>(table: Table<T>): Readonly<Table<T>> {
  for (const row of Object.values(table)) Object.freeze(row);
  return Object.freeze(table);
}

/**
 * Loads settings: declared default, then `production.env`, then `staging.env` on staging, then the environment, which wins.
 *
 * Durations come back in milliseconds and sizes in bytes; the result is frozen. `url` and `secret` settings are read only
 * from the last file of their stage, never inherited from production.
 *
 * @throws {SettingsError} naming every problem at once; print its message and exit with its `exitCode`.
 * @throws {DeclarationError} when two groups declare the same variable.
 * @example
 * ```ts
 * import { httpServer, loadSettings } from '@seaworthy/defaults';
 * const env = { DEPLOY_ENVIRONMENT: 'test', HTTP_REQUEST_TIMEOUT: '20s' };
 * const { settings, origin } = loadSettings({ http: httpServer }, { env, owner: 'team-orders' });
 * if (settings.http.requestTimeoutMs !== 20_000) throw new Error('expected milliseconds');
 * if (origin.http.requestTimeoutMs !== 'environment') throw new Error('expected its origin');
 * ```
 */
export function loadSettings<const G extends Groups>(groups: G, options: LoadOptions): LoadedSettings<G> {
  const { env, files = {}, owner } = options;
  const declared = declaredSettings(groups, 'node');
  refuseTwoOwners(declared);
  const read = readStage(env, owner);
  if ('problem' in read) throw new SettingsError([read.problem], declared.length, undefined);

  const sources = openSources(env, files[read.stage] ?? [], owner);
  const names = declared.map(({ setting }) => setting.env);
  const problems = sources.files.flatMap((file) => [...file.problems, ...unknownInFile(file, names, owner)]);
  problems.push(...misspeltInEnvironment(env, names, owner));
  const values: Table<unknown> = Object.fromEntries(Object.keys(groups).map((groupKey) => [groupKey, {}]));
  const origins: Table<string> = Object.fromEntries(Object.keys(groups).map((groupKey) => [groupKey, {}]));
  for (const each of declared) {
    const result = readSetting(each, sources, read.stage, owner);
    if ('problem' in result) problems.push(result.problem);
    else {
      Object.assign(values[each.groupKey] ?? {}, { [each.key]: result.value });
      Object.assign(origins[each.groupKey] ?? {}, { [each.key]: result.origin });
    }
  }
  if (problems.length === 0) problems.push(...brokenRules(groups, values, origins, owner));
  if (problems.length > 0) throw new SettingsError(problems, declared.length, read.stage);
  return Object.freeze({
    environment: read.stage,
    settings: frozen(values),
    origin: frozen(origins),
  }) as LoadedSettings<G>;
}
