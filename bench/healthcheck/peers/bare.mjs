import { createServer as createHttpServer } from 'node:http';

import { answer } from './answer.mjs';

export const createServer = () => createHttpServer((_request, response) => answer(response));
