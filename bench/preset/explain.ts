import { median, ratioOfMedians } from '../median.ts';
import type { FaultRow } from './planted-faults.ts';
import { biome, eslintTyped, formatters, linters, oursTyped, oursUntyped, prettier, type Program } from './programs.ts';
import type { SourceTree } from './source-trees.ts';

/** What was measured on one tree. */
export interface TreeRounds {
  readonly tree: SourceTree;
  readonly seconds: ReadonlyMap<Program, readonly number[]>;
  /** How many findings each linter reports. */
  readonly findings: ReadonlyMap<Program, number>;
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function timesTable({ seconds, findings }: TreeRounds): string {
  const rows = [...linters, ...formatters].map((program) => {
    const samples = seconds.get(program) ?? [];
    const base = seconds.get(formatters.includes(program) ? prettier : eslintTyped) ?? [];
    const found = findings.get(program);
    return [
      program.title,
      median(samples).toFixed(2),
      `${Math.min(...samples).toFixed(2)} to ${Math.max(...samples).toFixed(2)}`,
      `${ratioOfMedians(samples, base).toFixed(4)} of ${formatters.includes(program) ? 'prettier' : 'ESLint'}`,
      found === undefined ? '' : String(found),
    ];
  });
  return table(['Program', 'Median, s', 'From, to', 'Ratio', 'Findings'], rows);
}

function treeSection(rounds: TreeRounds): string {
  const { title, files, lines } = rounds.tree;
  return `### ${title}: ${files.length} files, ${lines.toLocaleString('en-US')} lines\n\n${timesTable(rounds)}`;
}

const compared = [oursTyped, oursUntyped, eslintTyped, biome];

function faultsTable(faults: readonly FaultRow[]): string {
  const rows = faults.map(({ rule, caughtBy }) => [
    `\`${rule}\``,
    ...compared.map((program) => (caughtBy.get(program) ?? []).map((each) => `\`${each}\``).join(', ')),
  ]);
  const sums = compared.map((program) => {
    const caught = faults.filter(({ caughtBy }) => (caughtBy.get(program) ?? []).length > 0);
    return `**${caught.length} of ${faults.length}**`;
  });
  return table(['Planted for', 'Ours', 'Ours, no types', 'ESLint typed', 'Biome'], [...rows, ['**caught**', ...sums]]);
}

interface Measured {
  readonly trees: readonly TreeRounds[];
  readonly faults: readonly FaultRow[];
  readonly cachedSeconds: readonly number[];
  readonly rounds: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly load: number;
}

/** The tables and remarks below the figures. */
export function explain({ trees, faults, cachedSeconds, rounds, versions, load }: Measured): string {
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `## How long it takes

${trees.map(treeSection).join('\n\n')}

Medians of ${rounds} rounds, from before the program starts until it has ended. The programs take turns within a round, in another order each time; a round before the first is thrown away. Every program gets
the same files by name and no cache. The machine's load was ${load.toFixed(1)} when the measuring began. Peers: ${named.join(', ')}; ESLint uses that TypeScript, because typescript-eslint cannot use 7. The figures are the larger ratio of the two trees.

ESLint runs fewer rules than ours (\`recommendedTypeChecked\`, as most projects have it); what each finds is below. The findings of ours on a foreign package are many because the package never chose these rules.

With nothing changed, \`turbo run build lint typecheck test\` took ${cachedSeconds.map((seconds) => seconds.toFixed(2)).join(', ')} s.

## Which planted fault each linter catches

A cell names the rules that report the fault at its line or one beside it. A rule of another purpose can stand there too: the names tell.

${faultsTable(faults)}`;
}
