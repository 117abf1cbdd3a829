export type Environment = Readonly<Record<string, string>>;

// What stands in the environment of a pod beside the settings; a loader that looks for misspelt names has to pass all of it.
function serviceLinks(service: string): Environment {
  const address = '10.0.12.7';
  return {
    [`${service}_SERVICE_HOST`]: address,
    [`${service}_SERVICE_PORT`]: '8080',
    [`${service}_PORT`]: `tcp://${address}:8080`,
    [`${service}_PORT_8080_TCP`]: `tcp://${address}:8080`,
    [`${service}_PORT_8080_TCP_ADDR`]: address,
    [`${service}_PORT_8080_TCP_PORT`]: '8080',
    [`${service}_PORT_8080_TCP_PROTO`]: 'tcp',
  };
}

const surroundings: Environment = {
  HOME: '/home/app',
  HOSTNAME: 'orders-5d9c7b6f4-x2x7k',
  LANG: 'C.UTF-8',
  NODE_ENV: 'production',
  NODE_VERSION: '24.21.0',
  NO_PROXY: '10.0.0.0/8',
  HTTPS_PROXY: 'http://proxy.internal:3128',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.internal:4318',
  OTEL_SERVICE_NAME: 'orders',
  PATH: '/usr/local/bin:/usr/bin:/bin',
  POD_NAME: 'orders-5d9c7b6f4-x2x7k',
  POD_NAMESPACE: 'shop',
  TZ: 'UTC',
  ...serviceLinks('CACHE'),
  ...serviceLinks('ORDERS'),
  ...serviceLinks('PAYMENTS'),
};

const databaseUrl = 'postgres://orders:horse@db.internal:5432/orders';
const apiToken = 'correct-horse-battery';

/** A valid environment: sixteen of the twenty settings are stated, four are left to their defaults. */
export const validEnvironment: Environment = {
  ...surroundings,
  DEPLOY_ENVIRONMENT: 'production',
  APP_HOST: '10.0.4.7',
  APP_PORT: '3000',
  APP_REQUEST_TIMEOUT: '20s',
  APP_KEEP_ALIVE_TIMEOUT: '620s',
  APP_DRAIN_TIMEOUT: '1m',
  APP_BODY_LIMIT: '2MiB',
  APP_POOL_MAX: '20',
  APP_POOL_WAIT_TIMEOUT: '1500ms',
  APP_DATABASE_URL: databaseUrl,
  APP_CACHE_TTL: '10m',
  APP_CACHE_TTL_JITTER: '0.25',
  APP_JOB_ATTEMPTS: '3',
  APP_REGION: 'eu-west-1',
  APP_TRACING: 'true',
  APP_LOG_LEVEL: 'warn',
  APP_API_TOKEN: apiToken,
};

/** What every program has to make of it, under the name of the variable or under a key of its own. */
export const expectedSettings = [
  { name: 'APP_HOST', key: 'host', value: '10.0.4.7' },
  { name: 'APP_PORT', key: 'port', value: 3_000 },
  { name: 'APP_REQUEST_TIMEOUT', key: 'requestTimeoutMs', value: 20_000 },
  { name: 'APP_HEADERS_TIMEOUT', key: 'headersTimeoutMs', value: 15_000 },
  { name: 'APP_KEEP_ALIVE_TIMEOUT', key: 'keepAliveTimeoutMs', value: 620_000 },
  { name: 'APP_HANDLER_TIMEOUT', key: 'handlerTimeoutMs', value: 25_000 },
  { name: 'APP_DRAIN_TIMEOUT', key: 'drainTimeoutMs', value: 60_000 },
  { name: 'APP_MAX_HEADER_SIZE', key: 'maxHeaderBytes', value: 16_384 },
  { name: 'APP_BODY_LIMIT', key: 'bodyLimitBytes', value: 2_097_152 },
  { name: 'APP_POOL_MAX', key: 'poolMax', value: 20 },
  { name: 'APP_POOL_WAIT_TIMEOUT', key: 'poolWaitTimeoutMs', value: 1_500 },
  { name: 'APP_QUERY_TIMEOUT', key: 'queryTimeoutMs', value: 17_000 },
  { name: 'APP_DATABASE_URL', key: 'databaseUrl', value: databaseUrl },
  { name: 'APP_CACHE_TTL', key: 'cacheTtlMs', value: 600_000 },
  { name: 'APP_CACHE_TTL_JITTER', key: 'cacheTtlJitter', value: 0.25 },
  { name: 'APP_JOB_ATTEMPTS', key: 'jobAttempts', value: 3 },
  { name: 'APP_REGION', key: 'region', value: 'eu-west-1' },
  { name: 'APP_TRACING', key: 'tracing', value: true },
  { name: 'APP_LOG_LEVEL', key: 'logLevel', value: 'warn' },
  { name: 'APP_API_TOKEN', key: 'apiToken', value: apiToken },
] as const;

/** One fault each; a program that accepts one of them does less work than the others and is not compared. */
export const faults: readonly {
  readonly what: string;
  readonly change: Readonly<Record<string, string | undefined>>;
}[] = [
  { what: 'a duration without its unit', change: { APP_REQUEST_TIMEOUT: '20' } },
  { what: 'a duration out of range', change: { APP_REQUEST_TIMEOUT: '6m' } },
  { what: 'an empty number', change: { APP_POOL_MAX: '' } },
  { what: 'a hexadecimal number', change: { APP_PORT: '0x10' } },
  { what: 'a number with an exponent', change: { APP_PORT: '1e3' } },
  { what: 'a number with letters behind it', change: { APP_POOL_MAX: '20x' } },
  { what: 'a number out of range', change: { APP_JOB_ATTEMPTS: '21' } },
  { what: 'a size with its unit in the wrong case', change: { APP_BODY_LIMIT: '2mib' } },
  { what: 'a share above one', change: { APP_CACHE_TTL_JITTER: '1.5' } },
  { what: 'a flag that is neither true nor false', change: { APP_TRACING: 'yes' } },
  { what: 'a word that is not one of them', change: { APP_LOG_LEVEL: 'warning' } },
  { what: 'a text with a space', change: { APP_HOST: '10.0.4.7 ' } },
  { what: 'a URL of another protocol', change: { APP_DATABASE_URL: 'https://db.internal/orders' } },
  { what: 'a URL that is missing', change: { APP_DATABASE_URL: undefined } },
  { what: 'a secret that is too short', change: { APP_API_TOKEN: 'horse' } },
];
