import { defineDefaults } from '../declare/define-defaults.ts';
import { count } from '../kinds/count.ts';
import { oneOf } from '../kinds/one-of.ts';

import { serviceOwner } from './service-owner.ts';

/**
 * What a service writes to its log: the level, and the bounds of one line.
 *
 * @example
 * ```ts
 * import { loadSettings, logging } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ logging }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * if (settings.logging.level !== 'info') throw new Error('the default changed');
 * ```
 */
export const logging = defineDefaults('logging', 'LOG_', {
  level: oneOf(['debug', 'info', 'warn', 'error'], {
    env: 'LOG_LEVEL',
    default: 'info',
    owner: serviceOwner,
    reason: 'debug writes details that do not belong into a production log; warn hides the line of each request',
    expect: 'one line for each request, and nothing a customer typed',
    rollback: 'unset LOG_LEVEL and restart one instance',
  }),
  depthLimit: count({
    env: 'LOG_DEPTH_LIMIT',
    default: 5,
    min: 1,
    max: 20,
    runtimes: ['node'],
    owner: serviceOwner,
    reason: 'bounds one log line: objects nested deeper are cut; the default of pino, stated',
    expect: 'no log line over a few kilobytes',
    rollback: 'unset LOG_DEPTH_LIMIT and restart one instance',
    source: 'https://github.com/pinojs/pino/blob/main/docs/api.md',
  }),
  edgeLimit: count({
    env: 'LOG_EDGE_LIMIT',
    default: 100,
    min: 1,
    max: 1_000,
    runtimes: ['node'],
    owner: serviceOwner,
    reason: 'bounds one log line: objects and lists with more entries are cut; the default of pino, stated',
    expect: 'no log line over a few kilobytes',
    rollback: 'unset LOG_EDGE_LIMIT and restart one instance',
    source: 'https://github.com/pinojs/pino/blob/main/docs/api.md',
  }),
});
