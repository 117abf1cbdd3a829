/**
 * The stable codes of every error of this package: what failed, and what that left behind.
 *
 * @example
 * ```ts
 * import { type HealthErrorCode, healthErrorCodes } from '@seaworthy/healthcheck';
 *
 * const code: HealthErrorCode = 'MANAGEMENT_CANNOT_LISTEN';
 * const [what] = healthErrorCodes[code];
 * if (what !== 'the management server cannot listen') throw new Error('the code means something else');
 * ```
 */
export const healthErrorCodes = {
  HEALTH_OPTIONS_INVALID: ['the options of createHealth are wrong', 'No check was started.'],
  HEALTH_ARGUMENT_INVALID: ['a value given to the health is wrong', 'Nothing is counted.'],

  MANAGEMENT_OPTIONS_INVALID: ['the options of startManagementServer are wrong', 'Nothing listens.'],
  MANAGEMENT_CANNOT_LISTEN: ['the management server cannot listen', 'Nothing listens; the service itself goes on.'],

  HISTORY_OPTIONS_INVALID: ['the options of the history are wrong', 'No history was opened.'],
  HISTORY_ARGUMENT_INVALID: ['a value given to the history is wrong', 'Nothing was read or written.'],
  HISTORY_FILE_FAILED: ['the file of the history cannot be used', 'The service goes on without it.'],
  HISTORY_FILE_SET_ASIDE: [
    'the file of the history held something else',
    'It was kept under another name, and the minutes in it that can be read are still in the history.',
  ],
  HISTORY_TABLE_MISSING: ['the table of the history is not there', 'The service goes on without it.'],
  HISTORY_DATABASE_FAILED: ['the database of the history failed', 'The service goes on without it.'],
  HISTORY_ROWS_SKIPPED: ['the table of the history holds something else', 'Those rows were left out and left alone.'],
  HISTORY_READ_SLOW: ['the history has not answered for a minute', 'What is said about the deployment is old.'],
  HISTORY_APPEND_SLOW: ['the history takes no minutes', 'Minutes are being lost; the service goes on.'],

  VERDICT_INPUT_INVALID: ['the input of judgeDeployment is wrong', 'Nothing was judged.'],

  SHUTDOWN_OPTIONS_INVALID: ['the options of gracefulShutdown are wrong', 'No signal is listened to.'],
  SHUTDOWN_CUT_OFF: ['the process stopped before everything was done', 'It ends with exit code 1.'],
  SHUTDOWN_HOOK_FAILED: ['a step of stopping failed', 'The others go on; the process ends with exit code 1.'],

  LISTEN_FDS_INVALID: ['the socket that was passed on cannot be used', 'Nothing listens.'],
  NOTIFY_FAILED: [
    'the service manager was not told',
    'The service goes on; the manager may stop it when its time is over.',
  ],
} as const;

/** One of the keys of {@link healthErrorCodes}. */
export type HealthErrorCode = keyof typeof healthErrorCodes;
