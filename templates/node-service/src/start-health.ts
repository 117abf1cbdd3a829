import { toHealthCheck } from '@seaworthy/defaults';
import { createHealth, fileHistory, type Health } from '@seaworthy/healthcheck';
import { sql } from 'kysely';

import type { Database } from './database/tables.ts';
import { errorFields, type Log } from './log.ts';
import { objectives, serviceName } from './service.ts';
import type { ServiceSettings } from './settings.ts';

/** Starts the background checks and the history of minutes; what fails in either is logged and served to nobody. */
export function startHealth({ health, service }: ServiceSettings, database: Database, log: Log): Health {
  const logHistoryProblem = (error: unknown) => log.warn({ error: errorFields(error) }, 'history failed');
  return createHealth({
    serviceId: serviceName,
    releaseId: service.releaseId,
    token: service.healthToken.reveal(),
    objectives,
    checks: {
      database: {
        run: () => sql`SELECT 1`.execute(database),
        componentType: 'datastore',
        ...toHealthCheck(health),
      },
    },
    onCheckFailed: ({ check, consecutiveFailures, error }) =>
      log.warn({ check, consecutiveFailures, error: errorFields(error) }, 'check failed'),
    history: fileHistory({ path: service.healthHistoryPath, onProblem: logHistoryProblem }),
    onHistoryProblem: logHistoryProblem,
  });
}
