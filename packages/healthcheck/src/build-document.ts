import type { BackgroundCheck } from './background-check.ts';
import type { HealthDocument, HealthMeasurement } from './health-document.ts';
import type { ResolvedOptions } from './read-options.ts';
import { measureTraffic } from './traffic-measurements.ts';
import type { Traffic } from './traffic-window.ts';

export interface Findings {
  readonly traffic: Traffic;
  readonly checks: ReadonlyMap<string, BackgroundCheck>;
  readonly draining: boolean;
  readonly ready: boolean;
  readonly wallMs: number;
}

export function buildDocument(options: ResolvedOptions, findings: Findings, full: boolean): HealthDocument {
  const { ready, draining } = findings;
  const { slow, measurements } = measureTraffic(findings.traffic, options.objectives, isoTime(findings.wallMs));
  const all: [string, HealthMeasurement][] = [...measureChecks(options, findings), ...Object.entries(measurements)];
  const warned = all.some(([, { status }]) => status !== 'pass');
  const checks = Object.fromEntries(all.map(([name, measurement]) => [name, [measurement]]));
  return {
    status: ready ? (warned ? 'warn' : 'pass') : 'fail',
    contract: 'health/1',
    serviceId: options.serviceId,
    releaseId: options.releaseId,
    answers: {
      up: draining ? 'draining' : ready ? 'yes' : 'no',
      slow,
      jobs: 'not measured',
      deploy: 'not measured',
    },
    ...(full ? { checks } : {}),
  };
}

function measureChecks(options: ResolvedOptions, findings: Findings): [string, HealthMeasurement][] {
  return [...findings.checks].map(([name, check]) => {
    const { status, durationMs, at } = check.reading();
    const measurement: HealthMeasurement = {
      componentType: options.checks.get(name)?.componentType ?? 'component',
      observedValue: durationMs === null ? null : Math.round(durationMs * 100) / 100,
      observedUnit: 'ms',
      status,
      time: isoTime(at ?? findings.wallMs),
    };
    return [`${name}:responseTime`, measurement];
  });
}

const isoTime = (wallMs: number): string => new Date(wallMs).toISOString();
