// A program of its own: a service that stops gracefully, on the framework and with the times of its arguments.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

import { createHealth } from '../create-health.ts';
import { gracefulShutdown } from '../shutdown/graceful-shutdown.ts';
import { listenTarget } from '../shutdown/listen-target.ts';
import { notifyReady } from '../shutdown/notify-ready.ts';

interface Settings {
  readonly framework?: 'node' | 'express' | 'fastify';
  readonly drainTimeoutMs: number;
  readonly graceTimeoutMs?: number;
  readonly beforeClose?: 'hangs' | 'fails';
  readonly afterClose?: 'hangs' | 'fails';
  readonly noDelay?: boolean;
  /** Key and certificate; then it speaks TLS. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Takes connections that ask for another protocol, and ends them when the listener closes or not at all. */
  readonly upgrades?: 'ended' | 'kept';
}

const settings = JSON.parse(process.argv[2] ?? '') as Settings;
const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });

/** What a descriptor is, seen by a program that was given it. */
async function seen(program: string, socket: IncomingMessage['socket'] | 'ignore'): Promise<string> {
  const child = spawn('python3', ['-c', program], { stdio: ['ignore', 'pipe', 'inherit', socket] });
  return text(child.stdout as NonNullable<typeof child.stdout>);
}

const readNoDelay =
  'import socket; print(socket.socket(fileno=3).getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), end="")';
const readInherited = 'import os; print(os.environ.get("LISTEN_FDS"), os.path.exists("/dev/fd/3"), end="")';

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { url } = request;
  if (url === '/never') return;
  if (url === '/slow') await delay(300);
  if (url === '/stream' || url === '/long-stream') {
    response.write('begun ');
    await delay(url === '/stream' ? 300 : 1500);
  }
  if (url === '/no-delay') response.write(await seen(readNoDelay, request.socket));
  if (url === '/child') response.write(await seen(readInherited, 'ignore'));
  response.end(request.method === 'POST' ? await text(request) : `ok ${process.pid}`);
}

const handle: RequestListener = (request, response) => {
  // A client that hung up is none of these tests' failures.
  answer(request, response).catch(() => response.destroy());
};

interface App {
  readonly server: Server | TlsServer;
  readonly listen?: (target: object) => Promise<unknown>;
  readonly close?: () => Promise<unknown>;
}

// Each is loaded only where it is asked for: every test starts a process or more.
async function createApp(): Promise<App> {
  const { framework = 'node', noDelay, tls } = settings;
  const options = noDelay === undefined ? {} : { noDelay };
  if (framework === 'express') {
    const { default: express } = await import('express');
    const app = express();
    app.use(handle);
    return { server: createServer(options, health.wrap(app as RequestListener)) };
  }
  if (framework === 'fastify') {
    const { fastify } = await import('fastify');
    const serverFactory = (handler: RequestListener) => createServer(options, health.wrap(handler));
    const app = fastify({ serverFactory, return503OnClosing: false });
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    app.all('*', async (request, reply) => {
      reply.hijack();
      await answer(request.raw, reply.raw).catch(() => reply.raw.destroy());
    });
    return { server: app.server, listen: (target) => app.listen(target), close: () => app.close() };
  }
  if (tls !== undefined) return { server: createTlsServer({ ...options, ...tls }, health.wrap(handle)) };
  return { server: createServer(options, health.wrap(handle)) };
}

const { server, listen, close } = await createApp();
// Whoever waits for an idle connection waits too long.
server.keepAliveTimeout = 600_000;

const upgraded: Duplex[] = [];
if (settings.upgrades !== undefined) {
  server.on('upgrade', (_request, socket: Duplex) => {
    upgraded.push(socket);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n');
  });
}

function endUpgraded(): void {
  if (settings.upgrades === 'ended') for (const socket of upgraded) socket.destroy();
}

async function hook(how: Settings['beforeClose'], work?: () => unknown): Promise<void> {
  if (how === 'fails') throw new Error('postgresql://someone:a-secret@database');
  if (how === 'hangs') await new Promise(() => undefined);
  await work?.();
}

gracefulShutdown(server, {
  health,
  drainTimeoutMs: settings.drainTimeoutMs,
  ...(settings.graceTimeoutMs === undefined ? {} : { graceTimeoutMs: settings.graceTimeoutMs }),
  beforeClose: () => hook(settings.beforeClose, endUpgraded),
  afterClose: () =>
    hook(settings.afterClose, async () => {
      await close?.();
      process.stdout.write('closed\n');
    }),
});
const target = { host: '127.0.0.1', port: 0, ...listenTarget() };
await (listen?.(target) ?? once(server.listen(target), 'listening'));
void notifyReady();
process.stdout.write(`${JSON.stringify({ ...(server.address() as AddressInfo), pid: process.pid })}\n`);
// The test that started it may be killed: then its input ends, and so does this.
process.stdin.once('end', () => process.exit(99)).resume();
process.stdin.unref();
