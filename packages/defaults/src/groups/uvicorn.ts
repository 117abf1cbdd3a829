import { defineDefaults } from '../declare/define-defaults.ts';
import { lazyGroup } from '../declare/lazy-group.ts';
import { count } from '../kinds/count.ts';

import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

function uvicornSettings() {
  return {
    workers: count({
      appliesTo: 'uvicorn',
      parameter: '--workers',
      default: 1,
      min: 1,
      max: 64,
      runtimes: ['python'],
      owner: serviceOwner,
      reason:
        'one process in a container, so that probes and memory limits mean that process: add containers for more; uvicorn reads WEB_CONCURRENCY, else 1',
      expect: 'one process per container, and a container that hangs is restarted',
      rollback: `${wayBack.dropFlag('--workers')}; then WEB_CONCURRENCY decides, else one process runs`,
      source: 'https://uvicorn.dev/settings/#production',
    }),
    limitConcurrency: count({
      appliesTo: 'uvicorn',
      parameter: '--limit-concurrency',
      default: 200,
      min: 2,
      max: 100_000,
      runtimes: ['python'],
      owner: serviceOwner,
      reason:
        'turns requests away before memory runs out: twice the measured peak; idle connections count too, and the connection that reaches the number is refused; uvicorn has no limit',
      expect: 'the 200th connection gets 503 at once, and none waits in a queue',
      rollback: wayBack.dropFlag('--limit-concurrency'),
      source: 'https://uvicorn.dev/settings/#resource-limits',
    }),
    backlog: count({
      appliesTo: 'uvicorn',
      parameter: '--backlog',
      default: 2_048,
      min: 1,
      max: 65_535,
      runtimes: ['python'],
      owner: serviceOwner,
      reason:
        'how many connections the kernel holds until the process accepts them, apart from --limit-concurrency; the default of uvicorn, stated',
      expect: 'no refused connection while the process starts or is busy for a moment',
      rollback: wayBack.dropFlag('--backlog'),
      source: 'https://uvicorn.dev/settings/#resource-limits',
    }),
    limitMaxRequests: count({
      appliesTo: 'uvicorn',
      parameter: '--limit-max-requests',
      default: 10_000,
      min: 100,
      max: 10_000_000,
      runtimes: ['python'],
      owner: serviceOwner,
      reason:
        'ends a process after so many requests, so that a slow leak cannot fill the memory; it exits 0 and must be started again; uvicorn never does it by itself',
      expect: 'memory of a process stays level over days; its end is followed by a start, not by an alarm',
      rollback: wayBack.dropFlag('--limit-max-requests'),
      source: 'https://uvicorn.dev/settings/#resource-limits',
    }),
    limitMaxRequestsJitter: count({
      appliesTo: 'uvicorn',
      parameter: '--limit-max-requests-jitter',
      default: 1_000,
      min: 0,
      max: 1_000_000,
      runtimes: ['python'],
      owner: serviceOwner,
      reason: 'adds 0 to 1000 requests to --limit-max-requests, so that processes do not end together; uvicorn adds 0',
      expect: 'restarts of processes are spread over time',
      rollback: wayBack.dropFlag('--limit-max-requests-jitter'),
      source: 'https://uvicorn.dev/settings/#resource-limits',
    }),
  };
}

/**
 * What only the command line of uvicorn knows: processes, queues and restarts.
 *
 * Nothing here is loaded: pass each as the flag that `parameter` names, where uvicorn is started.
 *
 * @example
 * ```ts
 * import { uvicorn } from '@seaworthy/defaults';
 * const { parameter, written } = uvicorn.settings.limitConcurrency;
 * if (`${parameter} ${written.default}` !== '--limit-concurrency 200') throw new Error('the default changed');
 * ```
 */
export const uvicorn = /* @__PURE__ */ lazyGroup(() => defineDefaults('uvicorn', 'UVICORN_', uvicornSettings()));
