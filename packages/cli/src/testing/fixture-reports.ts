import type { DescribedSetting, Problem, SettingsReport } from '@seaworthy/defaults';

export const port: DescribedSetting = { setting: 'httpServer.port', value: '8080', origin: 'default' };
export const database: DescribedSetting = {
  setting: 'service.databaseUrl',
  value: 'sqlite:var/staging.db',
  origin: 'file config/staging.env:4',
  why: 'staging keeps orders of its own',
};
export const token: DescribedSetting = {
  setting: 'service.healthToken',
  value: 'unknown',
  origin: 'from the environment at start',
};

export const problem: Problem = {
  code: 'CFG_INVALID',
  name: 'HTTP_REQUEST_TIMEOUT',
  setting: 'httpServer.requestTimeoutMs',
  got: '"5"',
  from: 'file config/staging.env:9',
  expected: 'a duration from 1s to 5m, with its unit, such as 30s',
  why: 'it has no unit, so 5ms and 5s cannot be told apart',
  fix: 'HTTP_REQUEST_TIMEOUT=5s',
  retryable: false,
  owner: 'team-orders',
};

export const undocumented: Problem = { ...problem, code: 'CFG_UNDOCUMENTED', name: 'LOG_LEVEL' };

/** The report of a service on an environment. */
export function report(
  environment: string,
  settings: Readonly<Record<string, DescribedSetting>>,
  problems: readonly Problem[] = [],
): SettingsReport {
  return { environment, settings, problems };
}
