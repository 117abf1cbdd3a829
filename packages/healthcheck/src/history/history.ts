import type { MinuteRecord } from '../recording/minute-record.ts';

/**
 * Where completed minutes are kept, outside the process; `fileHistory` and `postgresHistory` are two.
 *
 * Several processes may write to one at once, and each minute may hold several records. Both methods reject when they
 * cannot do what was asked: the health says so through `onHistoryProblem` and goes on serving.
 *
 * @example
 * ```ts
 * import type { History, MinuteRecord } from '@seaworthy/healthcheck';
 *
 * const kept: MinuteRecord[] = [];
 * const history: History = {
 *   append: async (record) => void kept.push(record),
 *   read: async (sinceMinute) => kept.filter(({ minute }) => minute >= sinceMinute),
 * };
 * if ((await history.read(0)).length !== 0) throw new Error('nothing was appended yet');
 * ```
 */
export interface History {
  append(record: MinuteRecord): Promise<void>;
  /** Every kept record from that minute on, in any order. */
  read(sinceMinute: number): Promise<readonly MinuteRecord[]>;
}
