import { defineDefaults } from '../declare/define-defaults.ts';
import { lazyGroup } from '../declare/lazy-group.ts';
import { count } from '../kinds/count.ts';
import { oneOf } from '../kinds/one-of.ts';
import { text } from '../kinds/text.ts';

import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

function loggingSettings() {
  return {
    level: oneOf(['debug', 'info', 'warn', 'error'], {
      env: 'LOG_LEVEL',
      default: 'info',
      owner: serviceOwner,
      reason:
        'debug writes details that do not belong into a production log; warn hides what is told of normal work, such as a line for each request',
      expect: 'lines of info, warn and error stand in the log, and none of debug',
      rollback: wayBack.unset('LOG_LEVEL'),
    }),
    depthLimit: count({
      env: 'LOG_DEPTH_LIMIT',
      default: 5,
      min: 1,
      max: 20,
      runtimes: ['node'],
      owner: serviceOwner,
      reason:
        'bounds a field of a log line: objects nested deeper are cut, a long text is not; the default of pino, stated',
      expect: 'no field of a log line nests deeper than 5',
      rollback: wayBack.unset('LOG_DEPTH_LIMIT'),
      source: 'https://github.com/pinojs/pino/blob/main/docs/api.md',
    }),
    edgeLimit: count({
      env: 'LOG_EDGE_LIMIT',
      default: 100,
      min: 1,
      max: 1_000,
      runtimes: ['node'],
      owner: serviceOwner,
      reason:
        'bounds a field of a log line: objects and lists with more entries are cut, a long text is not; the default of pino, stated',
      expect:
        'no object or list in a field of a log line has more than 100 entries, and the cut says how many are left out',
      rollback: wayBack.unset('LOG_EDGE_LIMIT'),
      source: 'https://github.com/pinojs/pino/blob/main/docs/api.md',
    }),
    redactKeys: text({
      env: 'LOG_REDACT_KEYS',
      default: 'authorization,cookie,set-cookie,password,token,secret,apikey,api_key,x-api-key',
      pattern: '[A-Za-z0-9_-]+(,[A-Za-z0-9_-]+)*',
      expected: 'names of fields joined by commas, such as password,token',
      owner: serviceOwner,
      reason:
        'a field of one of these names, in upper or lower case, is removed from a log line, not masked: a mask still tells that it was there; a value replaces the whole list, so repeat these names in it; pino and Python logging remove nothing',
      expect: 'none of these names stands as a key in the log',
      rollback:
        'never take a name away, so do not unset LOG_REDACT_KEYS where names were added: a field that is hidden by mistake gets another name in the code; a name that is missing is added: restart one instance; watch it, then restart the rest',
      source: 'https://github.com/pinojs/pino/blob/main/docs/redaction.md',
    }),
  };
}

/**
 * What a service writes to its log: the level, the bounds of one line, and what never stands in it.
 *
 * @example
 * ```ts
 * import { loadSettings, logging } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ logging }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * if (settings.logging.level !== 'info') throw new Error('the default changed');
 * ```
 */
export const logging = /* @__PURE__ */ lazyGroup(() => defineDefaults('logging', 'LOG_', loggingSettings()));
