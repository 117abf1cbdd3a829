/** Why a text is refused, in words that never repeat the text itself. */
export interface Refusal {
  readonly code: 'CFG_INVALID' | 'CFG_RANGE';
  readonly why: string;
  /** A value that would be accepted, or a sentence beginning with a verb; absent where the default is the best advice. */
  readonly fix?: { readonly value: string } | { readonly advice: string };
}

export type Reading<T> = { readonly value: T } | { readonly refused: Refusal };

/** How one sort of setting is read, shown and handed to Python. */
export interface Kind<T> {
  readonly expected: string;
  read(raw: string): Reading<T>;
  /** The written form of a value: `30s`, `1MiB`, `[secret]`. */
  show(value: T): string;
  /** The received text as an error may print it. */
  quote(raw: string): string;
  /** False for what each environment must state itself. */
  readonly inherited: boolean;
  readonly python: { readonly kind: string; readonly type: string; readonly options: Record<string, PythonLiteral> };
}

export type PythonLiteral = string | number | readonly string[];
