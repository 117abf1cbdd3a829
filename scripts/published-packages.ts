import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '..');

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly [field: string]: unknown;
}

export interface PublishedPackage {
  /** The name of its folder under `packages/`. */
  readonly folder: string;
  readonly directory: string;
  readonly manifest: Manifest;
}

/** Every package that is published, in the order of their folders. */
export function publishedPackages(root = repository): PublishedPackage[] {
  return readdirSync(path.join(root, 'packages'))
    .toSorted()
    .map((folder) => {
      const directory = path.join(root, 'packages', folder);
      const manifest = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')) as Manifest;
      return { folder, directory, manifest };
    })
    .filter(({ manifest }) => manifest.private !== true);
}
