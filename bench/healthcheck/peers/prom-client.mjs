import { createServer as createHttpServer } from 'node:http';

import { Histogram } from 'prom-client';

import { answer } from './answer.mjs';

export function createServer() {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of requests',
    labelNames: ['method', 'route', 'status'],
  });
  return createHttpServer((request, response) => {
    const end = durations.startTimer();
    response.on('finish', () => end({ method: request.method, route: '/hello/{name}', status: response.statusCode }));
    answer(response);
  });
}
