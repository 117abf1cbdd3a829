import type { CheckSnapshot } from '../health-snapshot.ts';
import type { ResolvedCheck } from '../read-options.ts';
import { type CheckSurroundings, startBackgroundCheck } from './background-check.ts';

/** All background checks of a service. */
export interface Checks {
  /** Every check that gates `startup` has passed once; stays true. */
  started(): boolean;
  /** No check that gates `ready` is failed. */
  ready(): boolean;
  read(): CheckSnapshot[];
  stop(): void;
}

export function startChecks(resolved: ReadonlyMap<string, ResolvedCheck>, surroundings: CheckSurroundings): Checks {
  const checks = Array.from(resolved, ([name, check]) => ({
    name,
    componentType: check.componentType,
    gates: check.gates,
    running: startBackgroundCheck(name, check, surroundings),
  }));
  return {
    started: () => checks.every(({ gates, running }) => gates !== 'startup' || running.passedOnce()),
    ready: () => checks.every(({ gates, running }) => gates !== 'ready' || running.reading().status !== 'fail'),
    read: () => checks.map(({ running, ...check }) => ({ ...check, ...running.reading() })),
    stop() {
      for (const { running } of checks) running.stop();
    },
  };
}
