import type { Socket } from 'node:net';

import type { FastifyReply, FastifyRequest } from 'fastify';

import { duration } from './duration.ts';
import type { Log } from './log.ts';
import { problems, type Problem } from './problem.ts';
import { requestIdOf } from './request-id.ts';
import type { ServiceSettings } from './settings.ts';

function problemFor(code: string | undefined, settings: ServiceSettings): Problem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return problems.requestTimeout(duration(settings.http.requestTimeoutMs));
  return code === 'HPE_HEADER_OVERFLOW'
    ? problems.headersTooLarge(settings.http.maxHeaderBytes)
    : problems.malformedRequest();
}

/** A reset, and an end in the middle of a request. */
const hangUps = new Set<string | undefined>(['ECONNRESET', 'HPE_INVALID_EOF_STATE']);

/** How long a client may take to read the answer before its connection is destroyed. */
const lingerMs = 1_000;

/** Answers what Node cannot read as a request: too slow, too large headers, no HTTP. */
export class ClientErrors {
  readonly #replies = new WeakMap<Socket, FastifyReply>();
  readonly #settings: ServiceSettings;
  readonly #log: Log;

  constructor(settings: ServiceSettings, log: Log) {
    this.#settings = settings;
    this.#log = log;
  }

  /** Remembers what a connection is busy with. */
  watch({ raw }: FastifyRequest, reply: FastifyReply): void {
    this.#replies.set(raw.socket, reply);
  }

  answer(error: Error & { code?: string }, socket: Socket): void {
    const reply = this.#replies.get(socket);
    if (!socket.writable || hangUps.has(error.code)) socket.destroy();
    else if (reply !== undefined && !reply.raw.writableFinished) this.#answerThrough(reply, error, socket);
    else this.#answerAlone(error, socket);
  }

  #answerThrough(reply: FastifyReply, error: Error & { code?: string }, socket: Socket): void {
    reply.raw.once('finish', () => socket.destroySoon());
    // A request that arrived whole keeps its own answer: only what follows it on the connection is at fault.
    if (reply.sent || reply.request.raw.complete) return;
    void reply.header('connection', 'close').send(problemFor(error.code, this.#settings));
  }

  #answerAlone(error: Error & { code?: string }, socket: Socket): void {
    const requestId = requestIdOf(undefined);
    const problem = problemFor(error.code, this.#settings);
    const body = JSON.stringify(problem.toBody(requestId));
    const { status, title, code } = problem.facts;
    const { releaseId } = this.#settings.service;
    this.#log.info({ requestId, release: releaseId, status, code }, 'request refused');
    const head = [
      `HTTP/1.1 ${status} ${title}`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${requestId}`,
      `x-release: ${releaseId}`,
      'server-timing: db;desc=0',
      'connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
    setTimeout(() => socket.destroy(), lingerMs).unref();
  }
}
