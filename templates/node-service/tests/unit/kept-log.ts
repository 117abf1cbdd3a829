import { pino } from 'pino';

import type { Log } from '../../src/log.ts';

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

/** A log whose lines are kept. */
export function keptLog(): { log: Log; lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const options = { base: null, messageKey: 'message', formatters: { level: (level: string) => ({ level }) } };
  const log = pino(options, { write: (line: string) => void lines.push(JSON.parse(line) as LogLine) });
  return { log, lines };
}
