import { isDatabaseUnavailable } from './driver-errors.ts';
import { Problem, problems } from './problem.ts';
import type { ServiceSettings } from './settings.ts';

/** Turns whatever a request failed with into its answer; what is not known is a fault of ours. */
export function toProblem(error: unknown, settings: ServiceSettings): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseUnavailable(error)) return problems.databaseUnavailable();
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return problems.bodyTooLarge(settings.http.bodyLimitBytes);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problems.unsupportedMediaType();
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return problems.malformedJson();
    case 'FST_UNDER_PRESSURE':
      return problems.overloaded();
    default:
      return problems.internal();
  }
}
