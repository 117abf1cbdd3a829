import convict from 'convict';

import { countPattern, isDatabaseUrl, ratioPattern, textPattern, toBytes, toMilliseconds } from './units.mjs';

function accept(accepted, expected) {
  if (!accepted) throw new Error(`must be ${expected}`);
}
const within = (value, { min, max }) => accept(value >= min && value <= max, `from ${min} to ${max}`);
const numeric = (pattern) => (raw) => (pattern.test(raw) ? Number(raw) : Number.NaN);

// The formats that convict ships read 20x as 20 and yes as true, so each is made with its own tool for that.
convict.addFormats({
  duration: { validate: within, coerce: toMilliseconds },
  bytes: { validate: within, coerce: toBytes },
  count: { validate: within, coerce: numeric(countPattern) },
  ratio: { validate: within, coerce: numeric(ratioPattern) },
  text: { validate: (value) => accept(textPattern.test(value), 'printable characters') },
  flag: {
    validate: (value) => accept(typeof value === 'boolean', 'true or false'),
    coerce: (raw) => ({ true: true, false: false })[raw] ?? raw,
  },
  databaseUrl: { validate: (value) => accept(value !== null && isDatabaseUrl(value), 'the address of a database') },
  token: { validate: (value) => accept(value?.length >= 16, 'at least 16 characters') },
});

const duration = (env, doc, fallback, min, max) => ({
  doc,
  env,
  format: 'duration',
  default: toMilliseconds(fallback),
  min: toMilliseconds(min),
  max: toMilliseconds(max),
});
const bytes = (env, doc, fallback, min, max) => ({
  doc,
  env,
  format: 'bytes',
  default: toBytes(fallback),
  min: toBytes(min),
  max: toBytes(max),
});
const count = (env, doc, fallback, min, max) => ({ doc, env, format: 'count', default: fallback, min, max });

const schema = {
  host: { doc: 'Where the server listens', env: 'APP_HOST', format: 'text', default: '0.0.0.0' },
  port: count('APP_PORT', 'The port of the server', 8_080, 0, 65_535),
  requestTimeoutMs: duration('APP_REQUEST_TIMEOUT', 'How long a request may arrive', '30s', '1s', '5m'),
  headersTimeoutMs: duration('APP_HEADERS_TIMEOUT', 'How long headers may arrive', '15s', '1s', '1m'),
  keepAliveTimeoutMs: duration('APP_KEEP_ALIVE_TIMEOUT', 'How long an idle connection stays', '72s', '1s', '20m'),
  handlerTimeoutMs: duration('APP_HANDLER_TIMEOUT', 'How long a handler may work', '25s', '100ms', '5m'),
  drainTimeoutMs: duration('APP_DRAIN_TIMEOUT', 'How long stopping may take', '20s', '1s', '10m'),
  maxHeaderBytes: bytes('APP_MAX_HEADER_SIZE', 'The largest headers', '16KiB', '4KiB', '64KiB'),
  bodyLimitBytes: bytes('APP_BODY_LIMIT', 'The largest body', '1MiB', '1KiB', '50MiB'),
  poolMax: count('APP_POOL_MAX', 'Connections to the database', 10, 1, 100),
  poolWaitTimeoutMs: duration('APP_POOL_WAIT_TIMEOUT', 'How long to wait for one', '3s', '100ms', '1m'),
  queryTimeoutMs: duration('APP_QUERY_TIMEOUT', 'How long a query may take', '17s', '100ms', '5m'),
  databaseUrl: { doc: 'The database', env: 'APP_DATABASE_URL', format: 'databaseUrl', default: null, sensitive: true },
  cacheTtlMs: duration('APP_CACHE_TTL', 'How long an entry lives', '5m', '1s', '24h'),
  cacheTtlJitter: {
    doc: 'How far the lives of entries differ',
    env: 'APP_CACHE_TTL_JITTER',
    format: 'ratio',
    default: 0.1,
    min: 0,
    max: 1,
  },
  jobAttempts: count('APP_JOB_ATTEMPTS', 'How often a job is tried', 5, 1, 20),
  region: { doc: 'Where the service runs', env: 'APP_REGION', format: 'text', default: 'eu-1' },
  tracing: { doc: 'Whether traces are sent', env: 'APP_TRACING', format: 'flag', default: false },
  logLevel: {
    doc: 'The least severe line that is written',
    env: 'APP_LOG_LEVEL',
    format: ['trace', 'debug', 'info', 'warn', 'error', 'fatal'],
    default: 'info',
  },
  apiToken: { doc: 'Who may ask', env: 'APP_API_TOKEN', format: 'token', default: null, sensitive: true },
};

export function load(env) {
  // Without `args` it would read the arguments of the process too.
  const config = convict(schema, { env, args: [] });
  config.validate({ allowed: 'strict' });
  return config.getProperties();
}
