/** The part of JSON Schema 2020-12 that settings need; free keys begin with `x-`. */
export interface JsonSchema {
  readonly type?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly [keyword: string]: unknown;
}
