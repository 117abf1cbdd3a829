import type { FastifyReply, FastifyRequest } from 'fastify';

import { duration } from './duration.ts';
import { problems, type Problem } from './problem.ts';
import type { ServiceSettings } from './settings.ts';

type Limits = Pick<ServiceSettings['http'], 'handlerTimeoutMs' | 'requestTimeoutMs'>;

/**
 * Answers instead of a handler that takes longer than HTTP_HANDLER_TIMEOUT. What it does meanwhile goes on, unheard.
 *
 * `handlerTimeout` of Fastify ends with the request, and so does not hold for one whose body was read.
 */
export function answerInTime({ raw: request }: FastifyRequest, reply: FastifyReply, limits: Limits): void {
  const timer = setTimeout(() => {
    if (reply.sent || reply.raw.headersSent) return;
    void reply.send(tooSlow(limits, request.complete));
  }, limits.handlerTimeoutMs);
  reply.raw.once('close', () => clearTimeout(timer));
}

/** The timer also runs while the body arrives: a slow upload is the client's delay, not an error of ours. */
export function tooSlow({ handlerTimeoutMs, requestTimeoutMs }: Limits, bodyArrived: boolean): Problem {
  return bodyArrived
    ? problems.timeout(duration(handlerTimeoutMs))
    : problems.requestTimeout(duration(Math.min(handlerTimeoutMs, requestTimeoutMs)));
}
