import { settingsOf, type Rule } from './rule.ts';
import { isEnvSetting, type EnvSetting, type PlatformSetting, type Setting } from './setting.ts';
import type { Runtime } from './stage.ts';

// The value type of a setting stands in method positions too, so only `any` accepts every setting here.
// oxlint-disable-next-line typescript/no-explicit-any
export type Settings = Readonly<Record<string, EnvSetting<any> | PlatformSetting<any>>>;

/** Settings that belong together, under one name and one prefix of variable names. */
export interface Group<S extends Settings = Settings> {
  readonly name: string;
  readonly prefix: string;
  readonly settings: S;
  readonly rules: readonly Rule[];
}

/** The loaded values of a group: durations in milliseconds, sizes in bytes. What a platform reads is not in it. */
export type Values<S extends Settings> = {
  readonly [Key in keyof S as S[Key] extends PlatformSetting<unknown> ? never : Key]: S[Key] extends EnvSetting<
    infer Value
  >
    ? Value
    : never;
};

export type Groups = Readonly<Record<string, Group>>;

export interface DeclaredSetting<Sort extends Setting<unknown> = Setting<unknown>> {
  readonly groupKey: string;
  readonly group: Group;
  readonly key: string;
  /** `httpServer.requestTimeoutMs` */
  readonly label: string;
  readonly setting: Sort;
}

/** Without a runtime every setting counts. */
function worksIn(setting: Pick<Setting<unknown>, 'runtimes'>, runtime: Runtime | undefined): boolean {
  return runtime === undefined || setting.runtimes === undefined || setting.runtimes.includes(runtime);
}

/** Every setting that has an effect in a runtime, in the order of declaration. */
export function allSettings(groups: Groups, runtime?: Runtime): DeclaredSetting[] {
  return Object.entries(groups).flatMap(([groupKey, group]) =>
    Object.entries<Setting<unknown>>(group.settings)
      .filter(([, setting]) => worksIn(setting, runtime))
      .map(([key, setting]) => ({ groupKey, group, key, label: `${group.name}.${key}`, setting })),
  );
}

function isLoaded(declared: DeclaredSetting): declared is DeclaredSetting<EnvSetting<unknown>> {
  return isEnvSetting(declared.setting);
}

/** The settings a process of this runtime loads. */
export function envSettings(groups: Groups, runtime?: Runtime): DeclaredSetting<EnvSetting<unknown>>[] {
  return allSettings(groups, runtime).filter(isLoaded);
}

/** A rule, and the settings its operands stand for. */
export interface ResolvedRule {
  readonly group: Group;
  readonly rule: Rule;
  readonly settings: ReadonlyMap<string, DeclaredSetting>;
}

/** The rules that can be checked: each of their settings is there and has an effect in the runtime. */
export function rulesIn(groups: Groups, runtime?: Runtime): ResolvedRule[] {
  const byLabel = new Map(allSettings(groups, runtime).map((declared) => [declared.label, declared]));
  return Object.values(groups).flatMap((group) =>
    group.rules.flatMap((rule) => {
      const found = settingsOf(rule).map(
        (name) => [name, byLabel.get(name.includes('.') ? name : `${group.name}.${name}`)] as const,
      );
      const settings = new Map(found.filter((each): each is [string, DeclaredSetting] => each[1] !== undefined));
      return settings.size === found.length ? [{ group, rule, settings }] : [];
    }),
  );
}
