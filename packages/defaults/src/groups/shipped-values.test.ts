import { describe, expect, it } from 'vitest';

import { shippedGroups } from '../index.ts';
import type { Setting } from '../index.ts';

const settings = new Map<string, Setting<unknown>>(
  Object.values(shippedGroups).flatMap((group) =>
    Object.entries<Setting<unknown>>(group.settings).map(
      ([key, setting]) => [`${group.name}.${key}`, setting] as const,
    ),
  ),
);

// The 69 rows of the table of production values that was gathered first, each with what became of it: where one line has
// several rows, they were merged into its setting.
const rows: readonly (readonly [rows: readonly number[], shipped: Readonly<Record<string, string>>])[] = [
  [[1], { 'httpServer.requestTimeoutMs': '30s' }],
  [[2], { 'httpServer.headersTimeoutMs': '15s' }],
  // 3 behind AWS, 4 behind Google (in the reason), 6 in uvicorn.
  [[3, 4, 6], { 'httpServer.keepAliveTimeoutMs': '72s' }],
  [[5], { 'httpServer.keepAliveTimeoutBufferMs': '1s' }],
  [[7], { 'httpServer.maxHeaderBytes': '16KiB' }],
  [[8], { 'httpServer.bodyLimitBytes': '1MiB' }],
  [[9], { 'httpServer.maxRequestsPerSocket': '0' }],
  [[10], { 'httpServer.handlerTimeoutMs': '25s' }],
  // Nobody knows the network of a balancer that is not there yet: the default trusts no one.
  [[11], { 'httpServer.trustedProxies': 'none' }],
  [[12], { 'httpServer.maxEventLoopDelayMs': '1s', 'httpServer.shedRetryAfterMs': '10s' }],
  // The reference has 20s, which cuts a request that HTTP_HANDLER_TIMEOUT allows 25s; hence 55s of grace in row 64, not 45s.
  [[13], { 'httpServer.drainTimeoutMs': '30s' }],
  [[14], { 'uvicorn.workers': '1' }],
  [[15], { 'uvicorn.limitConcurrency': '200' }],
  [[16], { 'uvicorn.backlog': '2048' }],
  [[17], { 'uvicorn.limitMaxRequests': '10000', 'uvicorn.limitMaxRequestsJitter': '1000' }],
  [[18], { 'httpClient.connectTimeoutMs': '2s' }],
  // 5s in the table: three attempts of it do not fit into the deadline of row 21.
  [[19], { 'httpClient.headersTimeoutMs': '3s' }],
  [[20], { 'httpClient.bodyTimeoutMs': '10s' }],
  [[21], { 'httpClient.deadlineMs': '10s' }],
  [[22], { 'httpClient.attempts': '3' }],
  [[23], { 'httpClient.backoffBaseMs': '100ms', 'httpClient.backoffCapMs': '2s' }],
  [[24], { 'httpClient.jitter': 'full' }],
  [[25], { 'httpClient.retryBudget': '0.1' }],
  [[26], { 'httpClient.retryMethods': 'GET,HEAD,OPTIONS,PUT,DELETE', 'httpClient.retryStatuses': '429,502,503,504' }],
  [
    [27],
    {
      'httpClient.breakerErrorRatio': '0.5',
      'httpClient.breakerWindowMs': '10s',
      'httpClient.breakerMinimumCalls': '20',
    },
  ],
  // The table lets 3 calls through as a trial; opossum lets one through, and has no option for it.
  [[28], { 'httpClient.breakerOpenMs': '30s' }],
  [[29], { 'httpClient.connectionsPerOrigin': '50', 'httpClient.idleTimeoutMs': '4s' }],
  [[30], { 'httpClient.maxResponseBytes': '10MiB' }],
  [[31], { 'postgres.poolMax': '10', 'postgres.instances': '4', 'postgres.maxConnections': '100' }],
  [[32], { 'postgres.poolWaitTimeoutMs': '3s' }],
  [[33], { 'postgres.connectionLifetimeMs': '30m', 'postgres.connectionLifetimeJitter': '0.1' }],
  [[34], { 'postgres.idleTimeoutMs': '60s' }],
  [[35], { 'postgres.connectTimeoutMs': '5s' }],
  [[36], { 'postgres.statementTimeoutMs': '15s' }],
  [[37], { 'postgres.lockTimeoutMs': '3s' }],
  [[38], { 'postgres.idleInTransactionTimeoutMs': '30s' }],
  [[39], { 'postgres.transactionTimeoutMs': '60s' }],
  [[40], { 'postgres.queryTimeoutMs': '17s' }],
  [[41], { 'postgres.poolPrePing': 'true', 'postgres.poolRecycleMs': '30m' }],
  [[42], { 'cache.maxmemoryPolicy': 'allkeys-lfu' }],
  [[43], { 'jobs.maxmemoryPolicy': 'noeviction' }],
  [[44], { 'cache.connectTimeoutMs': '2s' }],
  [[45], { 'cache.commandTimeoutMs': '500ms' }],
  [[46], { 'cache.maxRetriesPerRequest': '1', 'cache.offlineQueue': 'false' }],
  [[47], { 'cache.reconnectBaseMs': '50ms', 'cache.reconnectCapMs': '5s', 'cache.reconnectJitterMs': '200ms' }],
  [[48], { 'cache.ttlMs': '5m', 'cache.ttlJitter': '0.1', 'cache.softTtlMs': '60s' }],
  [[49], { 'cache.negativeTtlMs': '30s' }],
  [[50], { 'jobs.attempts': '5', 'jobs.backoffBaseMs': '1s', 'jobs.backoffJitter': '0.5' }],
  [[51], { 'jobs.lockDurationMs': '30s', 'jobs.stalledIntervalMs': '30s', 'jobs.maxStalledCount': '1' }],
  [[52], { 'jobs.concurrency': '10' }],
  [[53], { 'jobs.visibilityTimeoutMs': '3m' }],
  [[54], { 'jobs.maxReceiveCount': '5' }],
  [[55], { 'jobs.deadLetterRetentionMs': '336h', 'jobs.retentionMs': '96h' }],
  // One JSON object per line, the other half of the row, is what a log line is here and no setting.
  [[56], { 'logging.level': 'info' }],
  [[57], { 'logging.redactKeys': 'authorization,cookie,set-cookie,password,token,secret,apikey,api_key,x-api-key' }],
  [[58], { 'logging.depthLimit': '5', 'logging.edgeLimit': '100' }],
  [[59], { 'health.readinessPeriodMs': '5s', 'health.readinessTimeoutMs': '2s', 'health.readinessFailures': '2' }],
  [[60], { 'health.livenessPeriodMs': '10s', 'health.livenessTimeoutMs': '2s', 'health.livenessFailures': '3' }],
  [[61], { 'health.startupPeriodMs': '10s', 'health.startupFailures': '30' }],
  [[62], { 'health.checkTimeoutMs': '500ms', 'health.checkIntervalMs': '5s', 'health.checkFailAfter': '2' }],
  [[63], { 'rollout.preStopMs': '10s' }],
  [[64], { 'rollout.terminationGraceMs': '55s' }],
  [[65], { 'rollout.maxUnavailable': '0', 'rollout.maxSurge': '0.25' }],
  [[66], { 'rollout.minReadyMs': '30s' }],
  [[67], { 'rollout.progressDeadlineMs': '10m' }],
  [[68], { 'rollout.revisionHistoryLimit': '10' }],
  [[69], { 'rollout.bakeTimeMs': '15m' }],
];

describe('the shipped values', () => {
  it('represent each of the 69 rows once', () => {
    const numbers = rows.flatMap(([ofLine]) => ofLine).toSorted((one, other) => one - other);
    expect(numbers).toEqual(Array.from({ length: 69 }, (_, index) => index + 1));
  });

  it.each(rows)('of row %j are %j', (_rows, shipped) => {
    const found = Object.keys(shipped).map((label) => [label, settings.get(label)?.written.default]);
    expect(Object.fromEntries(found)).toEqual(shipped);
  });

  it('that stand in no row are those a server needs to be reached, and the facts that rules read', () => {
    const inRows = new Set(rows.flatMap(([, shipped]) => Object.keys(shipped)));
    expect([...settings.keys()].filter((label) => !inRows.has(label))).toEqual([
      'httpServer.host',
      'httpServer.port',
      'httpServer.balancerIdleTimeoutMs',
      'jobs.longestJobMs',
    ]);
  });
});
