import type { MinuteRecord } from './healthcheck.ts';
import type { Random } from './random.ts';
import { advanceLoad, type Change, type Load, type Service, simulateMinute, startLoad } from './simulate-minutes.ts';

export const deployedAtMinute = 29_900_160;
export const releases = { previous: '77ab01c', current: '9f2c1e4' } as const;

export interface SimulatedHistory {
  readonly records: readonly MinuteRecord[];
  /** The load at its end, from which the minutes after a deployment carry on. */
  readonly level: number;
}

export function simulateHistory(service: Service, minutes: number, random: Random): SimulatedHistory {
  const load = startLoad(service, random);
  const records = Array.from({ length: minutes }, (_, index) => {
    advanceLoad(service, load, random);
    const when = { minute: deployedAtMinute - minutes + index, releaseId: releases.previous };
    return simulateMinute(service, {}, load.level, when, random);
  });
  return { records, level: load.level };
}

/** The hour after a deployment. */
export function simulateAfter(service: Service, change: Change, level: number, random: Random): MinuteRecord[] {
  const load: Load = { level };
  return Array.from({ length: 60 }, (_, age) => {
    advanceLoad(service, load, random);
    const when = { minute: deployedAtMinute + age, releaseId: releases.current, age };
    return simulateMinute(service, change, load.level, when, random);
  });
}

/** What each of two releases adds to the load that both share. */
const own: Pick<Service, 'loadCorrelation' | 'loadDeviation'> = { loadCorrelation: 0.8, loadDeviation: 0.05 };

/** An hour in which the previous release, warm, and the new one serve half of the requests each. */
export function simulateSideBySide(service: Service, change: Change, random: Random): MinuteRecord[] {
  const half = { ...service, requestsPerSecond: service.requestsPerSecond / 2 };
  const ownLoad = { ...half, ...own };
  const shared = startLoad(service, random);
  const loads = [startLoad(ownLoad, random), startLoad(ownLoad, random)] as const;
  return Array.from({ length: 60 }, (_, age) => {
    advanceLoad(service, shared, random);
    for (const load of loads) advanceLoad(ownLoad, load, random);
    const minute = deployedAtMinute + age;
    const [before, after] = loads.map(({ level }) => shared.level + level) as [number, number];
    return [
      simulateMinute(half, {}, before, { minute, releaseId: releases.previous }, random),
      simulateMinute(half, change, after, { minute, releaseId: releases.current, age }, random),
    ];
  }).flat();
}
