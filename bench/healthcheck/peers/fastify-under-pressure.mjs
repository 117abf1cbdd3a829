import underPressure from '@fastify/under-pressure';

import { createApp } from './fastify-bare.mjs';

// Limits that this machine never reaches: a request that is turned away costs less.
const limits = { maxEventLoopDelay: 10_000, maxHeapUsedBytes: 8e9, maxRssBytes: 8e9, maxEventLoopUtilization: 1.1 };

export async function createServer() {
  const app = await createApp((fastify) => fastify.register(underPressure, limits));
  return app.server;
}
