import path from 'node:path';

import { biome, eslintTyped, oursTyped, oursUntyped, type Program } from './programs.ts';
import { runProgram } from './time-program.ts';

/** What a linter reports, with the rule in its own words. */
export interface Finding {
  readonly file: string;
  readonly rule: string;
  readonly lines: readonly number[];
}

interface OxlintReport {
  readonly diagnostics: readonly {
    readonly code: string;
    readonly filename: string;
    readonly message: string;
    readonly help?: string;
    readonly labels: readonly { readonly span: { readonly line: number } }[];
  }[];
}

type EslintReport = readonly {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly line: number; readonly message: string }[];
}[];

function readOxlint(output: string): Finding[] {
  const { diagnostics } = JSON.parse(output) as OxlintReport;
  const unread = diagnostics.find(({ code }) => code.includes('tsconfig-error'));
  if (unread !== undefined) throw new Error(`${unread.filename}: ${unread.message} ${unread.help}`);
  return diagnostics.map(({ code, filename, labels }) => ({
    file: filename,
    rule: code.replace('eslint(', '').replace('(', '/').replace(')', ''),
    lines: labels.map(({ span }) => span.line),
  }));
}

function readEslint(output: string): Finding[] {
  const report = JSON.parse(output) as EslintReport;
  return report.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line, message }) => {
      // A file that could not be read is a file that was not linted: its time would say nothing.
      if (ruleId === null && /^Parsing error/.test(message)) throw new Error(`${filePath}: ${message}`);
      return { file: filePath, rule: ruleId ?? 'notice', lines: [line] };
    }),
  );
}

function readBiome(output: string): Finding[] {
  const lines = output.matchAll(/^::\w+ title=lint\/(?:\w+)\/(\w+),file=([^,]+),line=(\d+)/gm);
  return Array.from(lines, ([, rule = '', file = '', line]) => ({ file, rule, lines: [Number(line)] }));
}

const readers: ReadonlyMap<Program, (output: string) => Finding[]> = new Map([
  [oursTyped, readOxlint],
  [oursUntyped, readOxlint],
  [eslintTyped, readEslint],
  [biome, readBiome],
]);

/** Everything that a linter reports on some files. */
export function findingsOf(program: Program, files: readonly string[], folder: string): Finding[] {
  const read = readers.get(program);
  if (read === undefined) throw new TypeError(`nobody reads what ${program.title} says`);
  const findings = read(runProgram(program, [...program.machineReadable, ...files], folder));
  return findings.map((finding) => ({ ...finding, file: path.resolve(folder, finding.file) }));
}
