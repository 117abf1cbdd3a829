// The same with TLS, where the connection that was accepted is not the one that speaks HTTP.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';

import { describeWhere, folderOf } from '@seaworthy/test-servers';
import { expect, it, onTestFinished } from 'vitest';

import { rawConnection, startStopping } from '../testing/stopping-process.ts';

const describeTls = describeWhere(folderOf(['openssl']) !== undefined, 'the program openssl');

function createCertificate(): { key: string; cert: string } {
  const args = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout - -subj /CN=localhost -days 1';
  const { stdout } = spawnSync('openssl', args.split(' '), { encoding: 'utf8' });
  const [key = '', cert = ''] = stdout.match(/-----BEGIN [^]*?-----END [^\n]*\n/g) ?? [];
  return { key, cert };
}

describeTls('on node with TLS', { timeout: 60_000 }, () => {
  it('answers what is in flight, closes the rest, and exits 0', async () => {
    const service = await startStopping({ tls: createCertificate(), drainTimeoutMs: 0, graceTimeoutMs: 600_000 });
    const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
    onTestFinished(() => agent.destroy());
    const send = async (path: string): Promise<string> => {
      const sent = get({ host: '127.0.0.1', port: service.port, path, agent });
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      return text(response);
    };
    // One connection has not begun to speak, one speaks TLS and sends nothing, one sends half a request, one is idle.
    const raw = await rawConnection(service.port);
    const quiet = ['', 'GET / HTTP/1.1\r\nhost:'].map((bytes) => {
      const socket = connect({ host: '127.0.0.1', port: service.port, rejectUnauthorized: false });
      onTestFinished(() => void socket.destroy());
      socket.on('secureConnect', () => void socket.write(bytes)).resume();
      return { ready: once(socket, 'secureConnect'), ended: once(socket, 'close') };
    });
    await Promise.all(quiet.map(({ ready }) => ready));
    await send('/');
    const answers = [send('/long-stream'), send('/slow')];
    await send('/');
    service.signal();
    expect(await Promise.all(answers)).toEqual([expect.stringContaining('ok'), expect.stringContaining('ok')]);
    await Promise.all([raw.ended, ...quiet.map(({ ended }) => ended)]);
    expect([await service.exited, await service.errors]).toEqual([0, '']);
  });

  it('cuts off what never ends', async () => {
    const service = await startStopping({ tls: createCertificate(), drainTimeoutMs: 0, graceTimeoutMs: 200 });
    const agent = new Agent({ rejectUnauthorized: false });
    const stuck = once(get({ host: '127.0.0.1', port: service.port, path: '/never', agent }), 'error');
    const probe = get({ host: '127.0.0.1', port: service.port, path: '/', agent });
    await once(probe, 'response');
    service.signal();
    expect(await service.exited).toBe(1);
    await stuck;
    expect(await service.errors).toContain('requests in flight: 1 ');
  });
});
