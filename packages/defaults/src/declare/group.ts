import type { Rule } from './rule.ts';
import type { Setting } from './setting.ts';
import type { Runtime } from './stage.ts';

// The value type of a setting stands in method positions too, so only `any` accepts every setting here.
// oxlint-disable-next-line typescript/no-explicit-any
export type Settings = Readonly<Record<string, Setting<any>>>;

/** Settings that belong together, under one name and one prefix of variable names. */
export interface Group<S extends Settings = Settings> {
  readonly name: string;
  readonly prefix: string;
  readonly settings: S;
  readonly rules: readonly Rule[];
}

/** The loaded values of a group: durations in milliseconds, sizes in bytes. */
export type Values<S extends Settings> = {
  readonly [Key in keyof S]: S[Key] extends Setting<infer Value> ? Value : never;
};

export type Groups = Readonly<Record<string, Group>>;

export interface DeclaredSetting {
  readonly groupKey: string;
  readonly group: Group;
  readonly key: string;
  /** `httpServer.requestTimeoutMs` */
  readonly label: string;
  readonly setting: Setting<unknown>;
}

export function worksIn(setting: Pick<Setting<unknown>, 'runtimes'>, runtime: Runtime): boolean {
  return setting.runtimes === undefined || setting.runtimes.includes(runtime);
}

/** Every setting that has an effect in a runtime, in the order of declaration. */
export function declaredSettings(groups: Groups, runtime: Runtime): DeclaredSetting[] {
  return Object.entries(groups).flatMap(([groupKey, group]) =>
    Object.entries(group.settings)
      .filter(([, setting]) => worksIn(setting, runtime))
      .map(([key, setting]) => ({ groupKey, group, key, label: `${group.name}.${key}`, setting })),
  );
}

/** The rules of a group whose two settings both have an effect in a runtime. */
export function rulesIn(group: Group, runtime: Runtime): Rule[] {
  return group.rules.filter((rule) =>
    [rule.left, rule.right].every((key) => worksIn(group.settings[key] ?? { runtimes: [] }, runtime)),
  );
}
