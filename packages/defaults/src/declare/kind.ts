import type { JsonSchema } from './json-schema.ts';

/** Why a text is refused, in words that never repeat the text itself. */
export interface Refusal {
  readonly code: 'CFG_INVALID' | 'CFG_RANGE';
  readonly why: string;
  /** A value that would be accepted, or a sentence beginning with a verb; absent where the default is the best advice. */
  readonly fix?: { readonly value: string } | { readonly advice: string };
}

export type Reading<T> = { readonly value: T } | { readonly refused: Refusal };

/** How one sort of setting is read, shown and handed to other programs. */
export interface Kind<T> {
  /** `duration`, `count`, … */
  readonly name: KindName;
  readonly expected: string;
  read(raw: string): Reading<T>;
  /** The written form of a value: `30s`, `1MiB`, `[secret]`. */
  show(value: T): string;
  /** The received text as an error may print it. */
  quote(raw: string): string;
  /** False for what each environment must state itself; such a setting may also be read from the file that NAME_FILE names. */
  readonly inherited: boolean;
  /** The unit of the loaded value, where it has one. */
  readonly unit?: 'milliseconds' | 'bytes';
  /** The written form as JSON Schema 2020-12. */
  readonly jsonSchema: JsonSchema;
  /** Absent where a setting has no Python form. */
  readonly python?: {
    readonly kind: string;
    readonly type: string;
    readonly options: Readonly<Record<string, PythonLiteral>>;
  };
}

export type KindName =
  | 'duration'
  | 'bytes'
  | 'count'
  | 'ratio'
  | 'oneOf'
  | 'flag'
  | 'text'
  | 'url'
  | 'secret'
  | 'schema';

export type PythonLiteral = string | number | readonly string[];
