import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { internalError } from '../errors.ts';

export interface OurPackages {
  /** Where a service finds each package. */
  readonly locations: Readonly<Record<string, string>>;
  readonly tarballs: ReadonlyMap<string, Buffer>;
}

/** Reads the packages that a generator run from source puts into the service, so that it works before a release. */
export async function vendoredPackages(vendorDirectory: string): Promise<OurPackages> {
  const read = (file: string) => readFile(path.join(vendorDirectory, file));
  try {
    const index = JSON.parse((await read('vendor.json')).toString('utf8')) as Record<string, string>;
    const entries = Object.entries(index);
    const tarballs = await Promise.all(entries.map(async ([, file]) => [file, await read(file)] as const));
    return {
      locations: Object.fromEntries(entries.map(([name, file]) => [name, `file:vendor/${file}`])),
      tarballs: new Map(tarballs),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw internalError(`the packed packages cannot be read; run npm run build first: ${reason}`, { cause });
  }
}
