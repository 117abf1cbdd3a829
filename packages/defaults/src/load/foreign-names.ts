/**
 * What is never accused of being misspelt, however near it stands to a declared name: other programs own it.
 *
 * @example
 * ```ts
 * import { foreignNames } from '@seaworthy/defaults';
 * if (!foreignNames.names.includes('HTTP_PROXY')) throw new Error('a proxy would be taken for a typing error');
 * ```
 */
export const foreignNames = {
  // CACHE_URL is a service's to declare or not, and two edits from CACHE_TTL.
  names: ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY', 'FTP_PROXY', 'HTTPS_PORT', 'HTTPS_HOST', 'CACHE_URL'],
  /** Kubernetes writes the address of every service into the environment of all others. */
  suffixes: ['_SERVICE_HOST', '_SERVICE_PORT'],
  valuePrefixes: ['tcp://', 'udp://', 'sctp://'],
} as const;

/** Kubernetes writes `HTTP_PORT=tcp://10.0.0.1:80` for a service called http: nobody set our variable of that name. */
export function isServiceLink(name: string, value: string): boolean {
  return name.endsWith('_PORT') && /^(?:tcp|udp|sctp):\/\/[0-9A-Fa-f.:[\]]+:[0-9]+$/.test(value);
}

export function isForeign(name: string, value: string): boolean {
  return (
    foreignNames.names.some((foreign) => foreign === name) ||
    foreignNames.suffixes.some((suffix) => name.endsWith(suffix)) ||
    foreignNames.valuePrefixes.some((prefix) => value.startsWith(prefix))
  );
}
