import {
  defineDefaults,
  duration,
  health,
  httpServer,
  loadSettings,
  logging,
  secret,
  serviceFiles,
  text,
  url,
} from '@seaworthy/defaults';

import { serviceOwner } from './service.ts';

const owner = serviceOwner;

/** The settings only this service has. */
export const serviceSettings = defineDefaults('service', '', {
  databaseUrl: url({
    env: 'DATABASE_URL',
    protocols: ['sqlite:'],
    in: { development: 'sqlite:var/development.db', test: 'sqlite:var/test.db' },
    owner,
    reason: 'each environment keeps its orders in a file of its own, so that no test reaches real orders',
    expect: 'orders survive a restart, and one environment never sees the orders of another',
    rollback: 'set the previous DATABASE_URL and restart; both files keep what they hold',
  }),
  healthToken: secret({
    env: 'HEALTH_TOKEN',
    minLength: 16,
    in: { development: 'development-health-token', test: 'development-health-token' },
    owner,
    reason: 'the full health document names dependencies, so strangers get its first lines only',
    expect: 'a request with the token gets the four numbers, one without it does not',
    rollback: 'restore the previous token in the secret store and restart one instance after the other',
  }),
  healthHistoryPath: text({
    env: 'HEALTH_HISTORY_PATH',
    default: 'var/health-history.ndjson',
    in: { development: 'var/development-health-history.ndjson', test: 'var/test-health-history.ndjson' },
    owner,
    reason:
      'what a deployment changed is told from the minutes before it, which would go with the process that served them',
    expect:
      'a line is added for each minute with traffic, and twelve minutes after a deployment answers.deploy no longer says collecting',
    rollback: 'set the previous HEALTH_HISTORY_PATH and restart one instance; both files keep what they hold',
  }),
  releaseId: text({
    env: 'RELEASE_ID',
    default: 'unreleased',
    owner,
    reason: 'every answer, log line and health document names the release that wrote it',
    expect: 'x-release names the tag that was deployed',
    rollback: 'start the previous tag with its own RELEASE_ID',
  }),
  orderCacheTtlMs: duration({
    env: 'ORDER_CACHE_TTL',
    default: '5m',
    min: '1s',
    max: '1h',
    owner,
    reason: 'an order never changes once it is stored, so its age only costs memory',
    expect: 'reads of the same order cost no database call for five minutes',
    rollback: 'unset ORDER_CACHE_TTL and restart one instance',
  }),
});

export const groups = { http: httpServer, logging, health, service: serviceSettings };

export function loadServiceSettings(env: NodeJS.ProcessEnv = process.env) {
  return loadSettings(groups, { env, files: serviceFiles('config'), owner });
}

export type ServiceSettings = ReturnType<typeof loadServiceSettings>['settings'];
