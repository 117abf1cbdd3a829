import { toPino } from '@seaworthy/defaults';
import { pino, type Logger } from 'pino';

import type { ServiceSettings } from './settings.ts';

export type Log = Logger;

/** One JSON object a line on stdout; written at once, so that no line is lost when the process ends. */
export function createLog(settings: ServiceSettings['logging']): Log {
  return pino(
    {
      ...toPino(settings),
      base: null,
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
    },
    pino.destination({ fd: 1, sync: true }),
  );
}

/** The log of a command that runs to its end: what it tells is its output, whatever LOG_LEVEL the service has. */
export function createCommandLog(settings: ServiceSettings['logging']): Log {
  return createLog({ ...settings, level: 'info' });
}

/** An error as log fields; it may name files and statements, so it goes nowhere but into the log. */
export function errorFields(error: unknown): { type: string; message: string; stack?: string } {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  return { type: error.name, message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) };
}
