/** A lint rule of the preset: why a service wants it. Its planted fault is `fixtures/fail/<plugin>/<name>.ts`. */
export interface Rule {
  /** As oxlint names it in a configuration, such as `typescript/no-floating-promises` or `eqeqeq`. */
  readonly rule: string;
  /** What goes wrong in a service without it. */
  readonly why: string;
  /** True where the rule needs types, and so needs `oxlint-tsgolint`. */
  readonly typed?: true;
  /** The rule's own options, where its defaults are not what a service wants. */
  readonly options?: unknown;
  /** Where the rule is off, and why there. */
  readonly offIn?: { readonly files: readonly string[]; readonly because: string };
}

/** Rules that belong together, under the heading they have in the documents. */
export interface RuleTopic {
  readonly title: string;
  readonly rules: readonly Rule[];
}

/** The lint rules of the preset by topic; `oxlint.json` and the table of rules are drawn from it. */
export declare const ruleTopics: readonly RuleTopic[];

/**
 * Every lint rule of the preset.
 *
 * @example
 * ```ts
 * import { rules } from '@seaworthy/preset/rules';
 * const rule = rules.find(({ rule }) => rule === 'typescript/no-floating-promises');
 * if (rule?.typed !== true) throw new Error('the rule is gone');
 * ```
 */
export declare const rules: readonly Rule[];

/** A family of rules of ruff, by the prefix that selects it. Its planted fault is `fixtures/fail/ruff/<prefix>.py`. */
export interface RuffFamily {
  readonly prefix: string;
  /** The tool whose rules these were. */
  readonly linter: string;
  /** What goes wrong in a service without it. */
  readonly why: string;
  readonly offIn?: { readonly files: readonly string[]; readonly because: string };
}

/** The families that `python/ruff.toml` selects. */
export declare const ruffFamilies: readonly RuffFamily[];
