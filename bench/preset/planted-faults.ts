import path from 'node:path';

import { rules } from '@seaworthy/preset/rules';

import { faults, plantedFault } from '../../packages/preset/src/planted-fault.ts';
import { findingsOf } from './findings.ts';
import { linters, type Program } from './programs.ts';

/** A planted fault, and the rules of each linter that report it. */
export interface FaultRow {
  readonly rule: string;
  readonly caughtBy: ReadonlyMap<Program, readonly string[]>;
}

/** The statements of a fault are short: a finding this near is about it. */
const nearLines = 1;

/** Runs each linter on every planted fault. */
export function compareFaults(): FaultRow[] {
  const planted = rules.map(({ rule }) => ({ rule, ...plantedFault(rule) }));
  // From the folder of the TypeScript configuration: typescript-eslint looks for it no higher than where it runs.
  const folder = path.dirname(faults);
  const files = planted.map(({ file }) => path.join('fail', file));
  const found = linters.map((program) => [program, findingsOf(program, files, folder)] as const);
  return planted.map(({ rule, file, line }) => ({
    rule,
    caughtBy: new Map(
      found.map(([program, findings]) => {
        const near = findings.filter(
          (finding) =>
            finding.file === path.join(faults, file) &&
            finding.lines.some((each) => Math.abs(each - line) <= nearLines),
        );
        return [program, [...new Set(near.map((finding) => finding.rule))]];
      }),
    ),
  }));
}
