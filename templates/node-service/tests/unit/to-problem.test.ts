import { connect } from 'node:net';

import { expect, it } from 'vitest';

import { tooSlow } from '../../src/answer-in-time.ts';
import { loadServiceSettings } from '../../src/settings.ts';

import { startApp } from './running-app.ts';

it.each([
  { handler: '2s', request: '30s', bodyArrived: false, code: 'request_timeout', expected: 'a whole request within 2s' },
  {
    handler: '25s',
    request: '15s',
    bodyArrived: false,
    code: 'request_timeout',
    expected: 'a whole request within 15s',
  },
  { handler: '25s', request: '15s', bodyArrived: true, code: 'timeout', expected: 'an answer within 25s' },
])('names the limit that acted: $expected', ({ handler, request, bodyArrived, code, expected }) => {
  const { settings } = loadServiceSettings({
    DEPLOY_ENVIRONMENT: 'test',
    HTTP_HANDLER_TIMEOUT: handler,
    DATABASE_POOL_WAIT_TIMEOUT: '500ms',
    HTTP_REQUEST_TIMEOUT: request,
  });
  expect(tooSlow(settings.http, bodyArrived).facts).toMatchObject({ code, expected });
});

it('a stalled upload is told the limit of the handler where that is the shorter one', async () => {
  const app = await startApp({ HTTP_HANDLER_TIMEOUT: '1s', DATABASE_POOL_WAIT_TIMEOUT: '500ms' });
  const { port } = new URL(app.address);
  const answer = await new Promise<string>((resolve) => {
    const head = 'POST /orders HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(head));
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString())).on('close', () => resolve(text));
  });
  await app.stop();
  expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n[^]*"expected":"a whole request within 1s"/);
});
