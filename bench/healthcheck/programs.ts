import path from 'node:path';

import type { Launch, Program } from '../requests/program.ts';

export const peersFolder = path.join(import.meta.dirname, 'peers');

export const requestsPerRound = 2_000;

export const launch = ({ file }: Program): Launch => ({
  command: process.execPath,
  args: ['serve.mjs', `./${file}`],
  cwd: peersFolder,
});

export const bare: Program = { file: 'bare.mjs', title: 'node:http alone', packages: [], base: 'bare.mjs' };
export const ours: Program = { file: 'ours.mjs', title: '`@seaworthy/healthcheck`', packages: [], base: 'bare.mjs' };
export const promClient: Program = {
  file: 'prom-client.mjs',
  title: 'prom-client, one histogram with three labels',
  packages: ['prom-client'],
  base: 'bare.mjs',
};

/** The same program a second time: what stands between the two is noise. */
export const bareAgain: Program = { ...bare, title: 'node:http alone, again (noise)' };

const fastifyBare = 'fastify-bare.mjs';

export const programs: readonly Program[] = [
  bare,
  bareAgain,
  ours,
  promClient,
  {
    file: 'open-telemetry.mjs',
    title: 'OpenTelemetry, metrics of node:http',
    packages: ['@opentelemetry/instrumentation-http', '@opentelemetry/sdk-metrics'],
    base: bare.file,
  },
  { file: 'terminus.mjs', title: 'terminus', packages: ['@godaddy/terminus'], base: bare.file },
  { file: fastifyBare, title: 'Fastify alone', packages: ['fastify'], base: fastifyBare },
  { file: fastifyBare, title: 'Fastify alone, again (noise)', packages: ['fastify'], base: fastifyBare },
  { file: 'fastify-ours.mjs', title: '`@seaworthy/healthcheck/fastify`', packages: [], base: fastifyBare },
  {
    file: 'fastify-prom-client.mjs',
    title: 'prom-client in a hook of Fastify',
    packages: ['prom-client'],
    base: fastifyBare,
  },
  {
    file: 'fastify-under-pressure.mjs',
    title: '@fastify/under-pressure',
    packages: ['@fastify/under-pressure'],
    base: fastifyBare,
  },
];
