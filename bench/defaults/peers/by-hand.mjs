import { countPattern, isDatabaseUrl, ratioPattern, textPattern, toBytes, toMilliseconds } from './units.mjs';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

export function load(env) {
  const problems = [];

  function read(name, fallback, parse) {
    const raw = env[name] ?? fallback;
    const value = raw === undefined ? undefined : parse(raw);
    if (value === undefined) problems.push(`${name} is missing or invalid`);
    return value;
  }
  function within(value, min, max) {
    return value >= min && value <= max ? value : undefined;
  }
  function duration(name, fallback, min, max) {
    return read(name, fallback, (raw) => within(toMilliseconds(raw), toMilliseconds(min), toMilliseconds(max)));
  }
  function bytes(name, fallback, min, max) {
    return read(name, fallback, (raw) => within(toBytes(raw), toBytes(min), toBytes(max)));
  }
  function count(name, fallback, min, max) {
    return read(name, fallback, (raw) => (countPattern.test(raw) ? within(Number(raw), min, max) : undefined));
  }
  function text(name, fallback) {
    return read(name, fallback, (raw) => (textPattern.test(raw) ? raw : undefined));
  }

  const settings = {
    host: text('APP_HOST', '0.0.0.0'),
    port: count('APP_PORT', '8080', 0, 65_535),
    requestTimeoutMs: duration('APP_REQUEST_TIMEOUT', '30s', '1s', '5m'),
    headersTimeoutMs: duration('APP_HEADERS_TIMEOUT', '15s', '1s', '1m'),
    keepAliveTimeoutMs: duration('APP_KEEP_ALIVE_TIMEOUT', '72s', '1s', '20m'),
    handlerTimeoutMs: duration('APP_HANDLER_TIMEOUT', '25s', '100ms', '5m'),
    drainTimeoutMs: duration('APP_DRAIN_TIMEOUT', '20s', '1s', '10m'),
    maxHeaderBytes: bytes('APP_MAX_HEADER_SIZE', '16KiB', '4KiB', '64KiB'),
    bodyLimitBytes: bytes('APP_BODY_LIMIT', '1MiB', '1KiB', '50MiB'),
    poolMax: count('APP_POOL_MAX', '10', 1, 100),
    poolWaitTimeoutMs: duration('APP_POOL_WAIT_TIMEOUT', '3s', '100ms', '1m'),
    queryTimeoutMs: duration('APP_QUERY_TIMEOUT', '17s', '100ms', '5m'),
    databaseUrl: read('APP_DATABASE_URL', undefined, (raw) => (isDatabaseUrl(raw) ? raw : undefined)),
    cacheTtlMs: duration('APP_CACHE_TTL', '5m', '1s', '24h'),
    cacheTtlJitter: read('APP_CACHE_TTL_JITTER', '0.1', (raw) =>
      ratioPattern.test(raw) ? within(Number(raw), 0, 1) : undefined,
    ),
    jobAttempts: count('APP_JOB_ATTEMPTS', '5', 1, 20),
    region: text('APP_REGION', 'eu-1'),
    tracing: read('APP_TRACING', 'false', (raw) => ({ true: true, false: false })[raw]),
    logLevel: read('APP_LOG_LEVEL', 'info', (raw) => (levels.includes(raw) ? raw : undefined)),
    apiToken: read('APP_API_TOKEN', undefined, (raw) => (raw.length >= 16 ? raw : undefined)),
  };
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return settings;
}
