import type { VerdictWord } from '../healthcheck.ts';
import type { Change, Service } from '../simulate-minutes.ts';

import type { HistoryFile, Timeline } from './history-file.ts';

export const previousReleaseId = '77ab01c';
export const releaseId = '9f2c1e4';
export const deployedAtMinute = 29_900_160;

/** How a history of the contract is made. */
export interface Recipe {
  /** The name of its file. */
  readonly name: string;
  readonly about: string;
  readonly seed: number;
  readonly service?: Partial<Service>;
  readonly change?: Change;
  /** How many minutes are recorded before the deployment, and since. */
  readonly historyMinutes: number;
  readonly afterMinutes: number;
  /** For how many minutes the previous release serves on beside the new one. */
  readonly besideMinutes?: number;
  /** Processes of either release; each has its share of the requests. */
  readonly processes?: number;
  readonly input?: Partial<HistoryFile['input']>;
  /** What happens to the history afterwards. */
  readonly edit?: (timelines: readonly Timeline[]) => readonly Timeline[];
  readonly records?: readonly unknown[];
  readonly expected: VerdictWord;
}
