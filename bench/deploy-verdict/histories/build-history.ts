import { advanceLoad, type Service, simulateMinute, startLoad } from '../simulate-minutes.ts';
import { type Random, seededRandom } from '../random.ts';
import { services } from '../worlds.ts';

import { type HistoryFile, type Shape, shapeOf, type Timeline } from './history-file.ts';
import { deployedAtMinute, previousReleaseId, type Recipe, releaseId } from './recipe.ts';

/** Two requests a second are enough for a verdict, and keep the files small. */
const usualService: Service = { ...services.steady, requestsPerSecond: 2 };

/** So many minutes are simulated; a history repeats blocks of ten of them, so that neighbours stay alike. */
const simulatedMinutes = 30;
const blockMinutes = 10;

/** Everything of a file but its verdict. */
export function buildHistory(recipe: Recipe): Omit<HistoryFile, 'expected'> {
  const processes = recipe.processes ?? 1;
  const whole = { ...usualService, ...recipe.service };
  const service = { ...whole, requestsPerSecond: whole.requestsPerSecond / processes };
  const random = seededRandom(recipe.seed, 0);
  const shapes: Shape[] = [];
  const timelines = Array.from({ length: processes }, () => recordProcess(recipe, service, shapes, random)).flat();
  return {
    about: recipe.about,
    input: { deployedAtMinute, releaseId, nowMinute: deployedAtMinute + recipe.afterMinutes + 1, ...recipe.input },
    shapes,
    timelines: (recipe.edit?.(timelines) ?? timelines).filter(({ shapes: numbers }) => numbers.length > 0),
    ...(recipe.records === undefined ? {} : { records: recipe.records }),
  };
}

/** What one process of either release records; the shapes it needs are added to those there are. */
function recordProcess(recipe: Recipe, service: Service, shapes: Shape[], random: Random): Timeline[] {
  const { change = {}, historyMinutes, afterMinutes, besideMinutes = 0 } = recipe;
  const load = startLoad(service, random);
  const record = (level: number, age?: number): number => {
    const when = { minute: 0, releaseId: '', ...(age === undefined ? {} : { age }) };
    return shapes.push(shapeOf(simulateMinute(service, change, level, when, random))) - 1;
  };
  const simulated = Array.from({ length: historyMinutes === 0 ? 0 : simulatedMinutes }, () => {
    advanceLoad(service, load, random);
    return record(load.level);
  });
  const before = Array.from({ length: Math.ceil(historyMinutes / blockMinutes) }, () => {
    const start = Math.floor(random.uniform() * (simulatedMinutes - blockMinutes + 1));
    return simulated.slice(start, start + blockMinutes);
  });
  const history = before.flat().slice(0, historyMinutes);
  const after = Array.from({ length: afterMinutes }, (_, age) => {
    advanceLoad(service, load, random);
    return { beside: age < besideMinutes ? record(load.level) : -1, current: record(load.level, age) };
  });
  return [
    {
      releaseId: previousReleaseId,
      fromMinute: deployedAtMinute - historyMinutes,
      shapes: [...history, ...after.slice(0, besideMinutes).map(({ beside }) => beside)],
    },
    { releaseId, fromMinute: deployedAtMinute, shapes: after.map(({ current }) => current) },
  ];
}
