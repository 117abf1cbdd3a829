import { createEndpoints, type Endpoint, endpointPaths } from '../serve/create-endpoints.ts';

export type LookUp = (target: string) => Endpoint | undefined;

type Options = Parameters<typeof createEndpoints>[0];
type Source = Parameters<typeof createEndpoints>[1];

/**
 * The endpoints, with two characters looked at first: every request comes by here, and almost none asks for an endpoint.
 */
export function lookUpEndpoint(options: Options, source: Source): LookUp {
  const find = createEndpoints(options, source);
  const at = options.prefix.length;
  const keyOf = (target: string, from: number): number =>
    target.charCodeAt(from + 1) * 65_536 + target.charCodeAt(from + 3);
  const keys = new Set(endpointPaths.map((path) => keyOf(path, 0)));
  return (target) => (keys.has(keyOf(target, at)) ? find(target) : undefined);
}
