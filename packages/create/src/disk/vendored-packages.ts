import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { internalError } from '../errors.ts';

export interface VendoredPackages {
  /** Where the service finds each package; undefined where it carries none, and takes the published ones. */
  readonly ourPackages: Readonly<Record<string, string>> | undefined;
  readonly vendored: ReadonlyMap<string, Buffer>;
}

/**
 * Reads the packages that a service carries, so that it works before a release: those of the folder for one in Node,
 * without a folder none.
 */
export async function vendoredPackages(
  language: 'node' | 'python',
  vendorDirectory: string | undefined,
): Promise<VendoredPackages> {
  if (language !== 'node' || vendorDirectory === undefined) return { ourPackages: undefined, vendored: new Map() };
  const read = (file: string) => readFile(path.join(vendorDirectory, file));
  try {
    const index = JSON.parse((await read('vendor.json')).toString('utf8')) as Record<string, string>;
    const entries = Object.entries(index);
    const tarballs = await Promise.all(entries.map(async ([, file]) => [file, await read(file)] as const));
    return {
      ourPackages: Object.fromEntries(entries.map(([name, file]) => [name, `file:vendor/${file}`])),
      vendored: new Map(tarballs),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw internalError(`the packed packages cannot be read; run npm run build first: ${reason}`, { cause });
  }
}
