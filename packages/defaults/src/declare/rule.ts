/** How two settings of a group must stand to each other; data, so that every language checks the same. */
export interface Rule<Key extends string = string> {
  /** The rule in words: `keepAliveTimeout longer than balancerIdleTimeout`. */
  readonly says: string;
  readonly left: Key;
  readonly relation: '<' | '<=' | '>';
  readonly right: Key;
  readonly fix: string;
}

const compare = {
  '<': (left: number, right: number) => left < right,
  '<=': (left: number, right: number) => left <= right,
  '>': (left: number, right: number) => left > right,
} as const;

export function holds(left: unknown, relation: Rule['relation'], right: unknown): boolean {
  if (typeof left !== 'number' || typeof right !== 'number') throw new TypeError('a rule compares two numbers');
  return compare[relation](left, right);
}
