import type { Stage } from '@seaworthy/defaults';

/** The environments a service knows, in the order of a release. */
export const environments = ['development', 'test', 'staging', 'production'] as const satisfies readonly Stage[];

export type Environment = (typeof environments)[number];

/** What an environment is called, or words about what it should be called: `prod` is none. */
export function readEnvironment(written: string): { environment: Environment } | { expected: string } {
  const environment = environments.find((name) => name === written);
  if (environment !== undefined) return { environment };
  const begin = written.toLowerCase().slice(0, 3);
  const meant = environments.find((name) => begin.length > 1 && name.startsWith(begin));
  const question = meant === undefined ? '' : `; did you mean ${meant}?`;
  return { expected: `Expected one of ${environments.join(', ')}${question}` };
}
