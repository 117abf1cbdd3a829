import type { OurPackages } from '../disk/vendored-packages.ts';

const published = ['@seaworthy/defaults', '@seaworthy/healthcheck', '@seaworthy/jobs', '@seaworthy/preset'];

/** Our packages as a registry has them, of the version that belongs to the template. */
export function publishedPackages(version: string): OurPackages {
  return { locations: Object.fromEntries(published.map((name) => [name, `^${version}`])), tarballs: new Map() };
}
