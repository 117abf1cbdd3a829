import { createTerminus } from '@godaddy/terminus';

import { createServer as createBareServer } from './bare.mjs';

export const createServer = () =>
  createTerminus(createBareServer(), { healthChecks: { '/healthz': () => Promise.resolve({}) } });
