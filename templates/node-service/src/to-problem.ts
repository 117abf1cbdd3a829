import { duration } from './duration.ts';
import { isDatabaseUnavailable } from './driver-errors.ts';
import { Problem, problems } from './problem.ts';
import type { ServiceSettings } from './settings.ts';

/** Turns whatever a request failed with into its answer; what is not known is a fault of ours. */
export function toProblem(error: unknown, settings: ServiceSettings, bodyArrived: boolean): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseUnavailable(error)) return problems.databaseUnavailable();
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const { bodyLimitBytes, handlerTimeoutMs, requestTimeoutMs } = settings.http;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return problems.bodyTooLarge(bodyLimitBytes);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problems.unsupportedMediaType();
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return problems.malformedJson();
    case 'FST_UNDER_PRESSURE':
      return problems.overloaded();
    case 'FST_ERR_HANDLER_TIMEOUT':
      // Fastify's timer also runs while the body arrives: a slow upload is the client's delay, not an error of ours.
      return bodyArrived
        ? problems.timeout(duration(handlerTimeoutMs))
        : problems.requestTimeout(duration(Math.min(handlerTimeoutMs, requestTimeoutMs)));
    default:
      return problems.internal();
  }
}
