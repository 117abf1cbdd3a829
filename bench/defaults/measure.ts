import path from 'node:path';

import { interleave } from '../interleave.ts';
import { runNode } from '../run-node.ts';

import { wrongSettings } from './check-settings.ts';
import { faults, validEnvironment } from './environment.ts';
import { programs, type Program } from './programs.ts';

export const peersFolder = path.join(import.meta.dirname, 'peers');

interface Answer {
  readonly coldMs: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly hotUs?: number;
  readonly refused?: readonly boolean[];
}

function runProgram(
  { file }: Program,
  ...args: readonly string[]
): { readonly wallMs: number; readonly answer: Answer } {
  const measure = path.join(peersFolder, 'measure.mjs');
  const run = runNode(measure, [`./${file}`, ...args], validEnvironment);
  const answer = run.answer as Answer;
  const wrong = wrongSettings(answer.settings);
  if (wrong.length > 0) throw new Error(`${file} reads the settings otherwise:\n${wrong.join('\n')}`);
  return { wallMs: run.wallMs, answer };
}

/** Feeds every program every fault, so that none is compared for doing less than the others. */
export function checkRefusals(): void {
  const environments = JSON.stringify(faults.map(({ change }) => ({ ...validEnvironment, ...change })));
  for (const program of programs) {
    const { refused = [] } = runProgram(program, 'refusals', environments).answer;
    const accepted = faults.filter((_, index) => refused[index] !== true).map(({ what }) => what);
    if (accepted.length > 0) throw new Error(`${program.file} accepts ${accepted.join(', ')}`);
  }
}

export interface Timings {
  /** From before the import until the settings are there, inside the process. */
  readonly coldMs: readonly number[];
  readonly wallMs: readonly number[];
  /** One parse in a process that has parsed thousands before. */
  readonly hotUs: readonly number[];
}

export function measureTimings(rounds: { readonly cold: number; readonly hot: number }): Map<Program, Timings> {
  const cold = interleave(programs, rounds.cold, (program) => runProgram(program, 'cold'));
  const hot = interleave(programs, rounds.hot, (program) => runProgram(program, 'hot'));
  return new Map(
    programs.map((program) => [
      program,
      {
        coldMs: (cold.get(program) ?? []).map(({ answer }) => answer.coldMs),
        wallMs: (cold.get(program) ?? []).map(({ wallMs }) => wallMs),
        hotUs: (hot.get(program) ?? []).flatMap(({ answer }) => answer.hotUs ?? []),
      },
    ]),
  );
}
