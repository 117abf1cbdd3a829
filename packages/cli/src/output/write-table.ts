import { printable } from './printable.ts';
import type { Screen } from './screen.ts';

/** Writes rows for whoever reads: on a terminal aligned under their titles, elsewhere one line a row with tabs between. */
export function writeTable(screen: Screen, titles: readonly string[], rows: readonly (readonly string[])[]): void {
  const cells = rows.map((row) => row.map(printable));
  if (screen.isTTY !== true) {
    screen.write(cells.map((row) => `${row.join('\t')}\n`).join(''));
    return;
  }
  const table = [titles.map((title) => title.toUpperCase()), ...cells];
  const widths = titles.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  screen.write(`${lines.join('\n')}\n`);
}
