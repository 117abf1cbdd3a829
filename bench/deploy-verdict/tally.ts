/** How often something was said, of how many replays. */
export interface Tally {
  readonly said: number;
  readonly of: number;
}

/** By row and column of a table. */
export type Tallies = Map<string, Map<string, Tally>>;

export function count(tallies: Tallies, row: string, column: string, said: boolean): void {
  const columns = tallies.get(row) ?? new Map<string, Tally>();
  tallies.set(row, columns);
  const { said: before, of } = columns.get(column) ?? { said: 0, of: 0 };
  columns.set(column, { said: before + (said ? 1 : 0), of: of + 1 });
}

export function addTallies(into: Tallies, other: Tallies): void {
  for (const [row, columns] of other) {
    const known = into.get(row) ?? new Map<string, Tally>();
    into.set(row, known);
    for (const [column, { said, of }] of columns) {
      const before = known.get(column) ?? { said: 0, of: 0 };
      known.set(column, { said: before.said + said, of: before.of + of });
    }
  }
}

export function percentOf({ said, of }: Tally): number {
  return (100 * said) / of;
}

/** The 95 % interval of a share, by Wilson's method: right near 0 and 100 %, where the usual one is not. */
export function intervalOf({ said, of }: Tally): readonly [lowPercent: number, highPercent: number] {
  const z = 1.96;
  const share = said / of;
  const centre = (share + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z / (1 + z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  return [100 * Math.max(0, centre - half), 100 * Math.min(1, centre + half)];
}
