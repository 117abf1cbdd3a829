import { cleanEnv, EnvError, makeExactValidator } from 'envalid';

import { countPattern, isDatabaseUrl, ratioPattern, textPattern, toBytes, toMilliseconds } from './units.mjs';

// The validators that envalid ships read 20x as 20 and yes as true, so each is made with its own tool for that.
const validator = (accepts, parse, expected) =>
  makeExactValidator((raw) => {
    const value = parse(raw);
    if (!accepts(raw, value)) throw new EnvError(`expected ${expected}`);
    return value;
  });
const same = (raw) => raw;
const duration = (fallback, min, max) =>
  validator(
    (_raw, value) => value >= toMilliseconds(min) && value <= toMilliseconds(max),
    toMilliseconds,
    `a duration from ${min} to ${max}`,
  )({ default: toMilliseconds(fallback) });
const bytes = (fallback, min, max) =>
  validator(
    (_raw, value) => value >= toBytes(min) && value <= toBytes(max),
    toBytes,
    `a size from ${min} to ${max}`,
  )({ default: toBytes(fallback) });
const number = (pattern, fallback, min, max) =>
  validator(
    (raw, value) => pattern.test(raw) && value >= min && value <= max,
    Number,
    `a number from ${min} to ${max}`,
  )({ default: fallback });
const count = (fallback, min, max) => number(countPattern, fallback, min, max);
const text = validator((raw) => textPattern.test(raw), same, 'printable characters');
const flag = validator(
  (raw) => raw === 'true' || raw === 'false',
  (raw) => raw === 'true',
  'true or false',
);
const word = validator((raw) => raw !== '', same, 'a word');
const databaseUrl = validator(isDatabaseUrl, same, 'the address of a database');
const token = validator((raw) => raw.length >= 16, same, 'at least 16 characters');

const specs = {
  APP_HOST: text({ default: '0.0.0.0' }),
  APP_PORT: count(8_080, 0, 65_535),
  APP_REQUEST_TIMEOUT: duration('30s', '1s', '5m'),
  APP_HEADERS_TIMEOUT: duration('15s', '1s', '1m'),
  APP_KEEP_ALIVE_TIMEOUT: duration('72s', '1s', '20m'),
  APP_HANDLER_TIMEOUT: duration('25s', '100ms', '5m'),
  APP_DRAIN_TIMEOUT: duration('20s', '1s', '10m'),
  APP_MAX_HEADER_SIZE: bytes('16KiB', '4KiB', '64KiB'),
  APP_BODY_LIMIT: bytes('1MiB', '1KiB', '50MiB'),
  APP_POOL_MAX: count(10, 1, 100),
  APP_POOL_WAIT_TIMEOUT: duration('3s', '100ms', '1m'),
  APP_QUERY_TIMEOUT: duration('17s', '100ms', '5m'),
  APP_DATABASE_URL: databaseUrl(),
  APP_CACHE_TTL: duration('5m', '1s', '24h'),
  APP_CACHE_TTL_JITTER: number(ratioPattern, 0.1, 0, 1),
  APP_JOB_ATTEMPTS: count(5, 1, 20),
  APP_REGION: text({ default: 'eu-1' }),
  APP_TRACING: flag({ default: false }),
  APP_LOG_LEVEL: word({ choices: ['trace', 'debug', 'info', 'warn', 'error', 'fatal'], default: 'info' }),
  APP_API_TOKEN: token(),
};

export function load(env) {
  return cleanEnv(env, specs, {
    // The reporter that envalid ships ends the process; a test or another program needs an error.
    reporter: ({ errors }) => {
      const problems = Object.entries(errors).map(([name, error]) => `${name}: ${error.message}`);
      if (problems.length > 0) throw new Error(problems.join('\n'));
    },
  });
}
