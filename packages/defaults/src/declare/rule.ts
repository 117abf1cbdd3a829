/** A setting of the same group, `group.setting` of another group, or a number. */
export type Operand<Key extends string = string> = Key | `${string}.${string}` | number;

/** One side of a rule. */
export type Term<Key extends string = string> =
  | Operand<Key>
  | { readonly sum: readonly Operand<Key>[] }
  | { readonly product: readonly Operand<Key>[] };

const compare = {
  '<': (left: number, right: number) => left < right,
  '<=': (left: number, right: number) => left <= right,
  '>': (left: number, right: number) => left > right,
  '>=': (left: number, right: number) => left >= right,
} as const;

/**
 * How settings must stand to each other; data, so that every language checks the same.
 *
 * A rule that names a setting of another group is checked where that group is loaded too.
 */
export interface Rule<Key extends string = string> {
  /** The rule in words: `keepAliveTimeout longer than balancerIdleTimeout`. */
  readonly says: string;
  readonly left: Term<Key>;
  readonly relation: keyof typeof compare;
  readonly right: Term<Key>;
  readonly fix: string;
}

function operandsOf(term: Term): readonly Operand[] {
  if (typeof term !== 'object') return [term];
  return 'sum' in term ? term.sum : term.product;
}

/** The settings a rule names, in order and once each. */
export function settingsOf(rule: Rule): string[] {
  const names = [rule.left, rule.right].flatMap(operandsOf).filter((operand) => typeof operand === 'string');
  return [...new Set(names)];
}

function amount(term: Term, valueOf: (name: string) => unknown): number {
  const amounts = operandsOf(term).map((operand) => (typeof operand === 'number' ? operand : valueOf(operand)));
  const numbers = amounts.map((each) => {
    if (typeof each !== 'number') throw new TypeError('a rule compares numbers');
    return each;
  });
  const product = typeof term === 'object' && 'product' in term;
  return product ? numbers.reduce((all, each) => all * each, 1) : numbers.reduce((all, each) => all + each, 0);
}

export function holds(rule: Rule, valueOf: (name: string) => unknown): boolean {
  return compare[rule.relation](amount(rule.left, valueOf), amount(rule.right, valueOf));
}
