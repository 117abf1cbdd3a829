import { type DeployVerdict, judgeDeployment, type MinuteRecord, type VerdictWord } from './healthcheck.ts';
import { mannWhitneyDiffers, p95Moved } from './peers.ts';
import { type Random, seededRandom } from './random.ts';
import type { Change } from './simulate-minutes.ts';
import {
  deployedAtMinute,
  releases,
  simulateAfter,
  simulateHistory,
  type SimulatedHistory,
  simulateSideBySide,
} from './simulate-service.ts';
import { count, type Tallies } from './tally.ts';
import { type ServiceName, services, sideBySideWorlds, type World, worlds } from './worlds.ts';

const historyMinutes = 720;

/** Replays every world once and counts what was said about it. */
export function replay(seed: number, run: number, tallies: Tallies): void {
  const random = seededRandom(seed, run);
  const histories = new Map<ServiceName, SimulatedHistory>();
  const historyOf = (name: ServiceName): SimulatedHistory => {
    const known = histories.get(name) ?? simulateHistory(services[name], historyMinutes, random);
    histories.set(name, known);
    return known;
  };
  // The worlds of one service share its history, so that they are compared with each other as well.
  for (const world of worlds) replayWorld(world, historyOf(world.service), random, tallies);
  for (const world of sideBySideWorlds as readonly World[]) {
    const records = simulateSideBySide(services[world.service], world.change, random);
    const [once] = judgeAt(records, [30], [30]);
    count(tallies, world.name, 'side by side', says(once, world.expected));
  }
  replayPromises(historyOf('steady'), random, tallies);
}

function replayWorld(world: World, { records, level }: SimulatedHistory, random: Random, tallies: Tallies): void {
  const after = simulateAfter(services[world.service], world.change, level, random);
  const all = [...records, ...after];
  const note = (column: string, said: boolean) => count(tallies, world.name, column, said);
  const is = (verdict: DeployVerdict | undefined) => says(verdict, world.expected);
  const [once] = judgeAt(all, [30], [30]);
  note('once', is(once));
  note('once: not enough data', once?.verdict === 'not enough data');
  const three = judgeAt(all, undefined, [10, 30, 60]).map(is);
  for (const [index, column] of ['at 10', 'at 30', 'at 60'].entries()) note(column, three[index] === true);
  note('at any', three.includes(true));
  note('4 h of history', is(judgeAt([...records.slice(-240), ...after], [30], [30])[0]));
  note('no history', is(judgeAt([...records.slice(-30), ...after], [30], [30])[0]));
  const [before, since] = [records.slice(-30), after.slice(0, 30)];
  note('p95 moved', p95Moved(before, since));
  note('Mann-Whitney', mannWhitneyDiffers(before, since));
}

/** Deploys exactly the smallest change that a verdict said would have shown. */
function replayPromises({ records, level }: SimulatedHistory, random: Random, tallies: Tallies): void {
  const steady = services.steady;
  const nothing = [...records, ...simulateAfter(steady, { coldStart: true }, level, random)];
  const promised = judgeAt(nothing, [30], [30])[0]?.smallestChange;
  const deploy = (row: string, change: Change, expected: VerdictWord) => {
    const after = simulateAfter(steady, { coldStart: true, ...change }, level, random);
    count(tallies, row, 'once', says(judgeAt([...records, ...after], [30], [30])[0], expected));
  };
  const { slowDown, errorRate } = promised ?? {};
  if (typeof slowDown?.miss === 'number') deploy('promised: misses', { missFactor: 1 + slowDown.miss }, 'slower');
  if (typeof slowDown?.hit === 'number') deploy('promised: hits', { hitFactor: 1 + slowDown.hit }, 'slower');
  if (typeof errorRate === 'number') {
    deploy('promised: errors', { errorFactor: errorRate / steady.errorRate }, 'more errors');
  }
}

/** The verdicts at some readings, of those that were agreed on. */
function judgeAt(
  records: readonly MinuteRecord[],
  readAfterMinutes: readonly number[] | undefined,
  readings: readonly number[],
): DeployVerdict[] {
  return readings.map((minutes) =>
    judgeDeployment({
      deployedAtMinute,
      releaseId: releases.current,
      records,
      nowMinute: deployedAtMinute + minutes + 1,
      readAfterMinutes,
    }),
  );
}

/** Where nothing was changed, any change that is reported; otherwise the right word, and no other. */
function says(verdict: DeployVerdict | undefined, expected: VerdictWord | undefined): boolean {
  if (verdict === undefined) return false;
  return expected === undefined ? verdict.numbers.tests.some(({ changed }) => changed) : verdict.verdict === expected;
}
