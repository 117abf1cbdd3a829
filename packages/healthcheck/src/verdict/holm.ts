/**
 * Holm's procedure: which of these p values count as changes, so that a family without any change has one at most in
 * a share `alpha` of all cases.
 */
export function holm(ps: readonly number[], alpha: number): boolean[] {
  const rejected = ps.map(() => false);
  const order = ps
    .map((p, index) => ({ p, index }))
    .sort((left, right) => left.p - right.p || left.index - right.index);
  for (const [rank, { p, index }] of order.entries()) {
    if (p * (ps.length - rank) > alpha) break;
    rejected[index] = true;
  }
  return rejected;
}
