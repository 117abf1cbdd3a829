import type { Kind } from './kind.ts';
import type { InEnvironment, OnPlatform, Place } from './place.ts';
import type { LocalStage, Runtime } from './stage.ts';

/** Why a setting goes away, and what is set instead. */
export interface Deprecation {
  /** The version that deprecated it. */
  readonly since: string;
  /** The variable to set instead. */
  readonly replacement: string;
  readonly reason: string;
}

/** What every setting says about itself: leaving one of the four texts out does not compile. */
export interface Texts {
  /** The team that answers for the value. */
  readonly owner: string;
  /** Why this value and no other. */
  readonly reason: string;
  /** What can be observed while the value is right. */
  readonly expect: string;
  /** How to go back after a change. */
  readonly rollback: string;
  /** Where the value comes from. */
  readonly source?: string;
  /** The version that brought the setting. */
  readonly since?: string;
  /** A stated value still counts; whoever states it is told once what to set instead. */
  readonly deprecated?: Deprecation;
  /** The languages in which the setting has an effect. @default both */
  readonly runtimes?: readonly Runtime[];
}

/** The texts of a setting and the place where it takes effect. */
export type SettingTexts = Texts & Place;

/** The default of a setting in its written form, and what development and test use instead. */
export interface Defaulted<D> {
  readonly default?: D;
  readonly in?: Readonly<Partial<Record<LocalStage, D>>>;
}

interface Declared<T> extends Texts {
  readonly kind: Kind<T>;
  readonly written: Defaulted<string>;
}

/** A declared setting that is loaded. */
export interface EnvSetting<T> extends Declared<T>, InEnvironment {}

/** A declared setting that is documented, and takes part in rules with its default. */
export interface PlatformSetting<T> extends Declared<T>, OnPlatform {}

/** A declared setting: its kind, its texts, its place and its defaults in written form. */
export type Setting<T> = EnvSetting<T> | PlatformSetting<T>;

/** The sort of setting that a declaration with this place makes. */
export type Placed<T, P extends Place> = P extends OnPlatform ? PlatformSetting<T> : EnvSetting<T>;

export function setting<T, P extends Place>(
  kind: Kind<T>,
  texts: P & Texts & Defaulted<string | number | boolean>,
): Placed<T, P> {
  const { default: fallback, in: local, ...rest } = texts;
  const written: Defaulted<string> = {
    ...(fallback === undefined ? {} : { default: String(fallback) }),
    in: Object.freeze(Object.fromEntries(Object.entries(local ?? {}).map(([stage, value]) => [stage, String(value)]))),
  };
  return Object.freeze({ ...rest, kind, written: Object.freeze(written) }) as unknown as Placed<T, P>;
}

export function isEnvSetting<T>(declared: Setting<T>): declared is EnvSetting<T> {
  return declared.env !== undefined;
}

/** What people call a setting: its variable, or the parameter and whose it is. */
export function publicName(declared: Setting<unknown>): string {
  return isEnvSetting(declared) ? declared.env : `${declared.parameter} (${declared.appliesTo})`;
}

/** The default that only one of the local stages has. */
export function localDefault(declared: Setting<unknown>, stage: string): string | undefined {
  return declared.written.in?.[stage as LocalStage];
}

/** The default of a setting in a stage, in its written form. */
export function writtenDefault(declared: Setting<unknown>, stage: string): string | undefined {
  return localDefault(declared, stage) ?? declared.written.default;
}
