import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { internalError, updateError } from '../errors.ts';
import { engineVersion } from '../engine-version.ts';
import { builtArchive, builtIndex } from '../plan/built-archive.ts';
import type { ServiceState } from '../state/state.ts';

import { compareVersions } from './compare-versions.ts';

/** Which template an update leads to. */
export interface TemplateSource {
  /** @default the archive built into this package */
  readonly archive?: string;
  /** The version of the template. @default the version of this package */
  readonly version?: string;
  /** Packed packages for services that carry them. @default those of this repository, where it is run from source */
  readonly vendorDirectory?: string;
}

export interface InstalledTemplate {
  readonly archive: string;
  readonly version: string;
  readonly vendorDirectory: string | undefined;
  readonly tree: string;
}

const ownVendor = fileURLToPath(new URL('../vendor', import.meta.url));

/** What the build wrote down: whoever checks a service is spared unpacking its template. */
function builtTree(template: string): string {
  let trees: Record<string, string>;
  try {
    trees = JSON.parse(readFileSync(builtIndex, 'utf8')) as Record<string, string>;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw internalError(`the index of templates cannot be read: ${reason}`, { cause });
  }
  const tree = Object.hasOwn(trees, template) ? trees[template] : undefined;
  if (tree !== undefined) return tree;
  const newer = 'a newer create-seaworthy may have it: npx create-seaworthy@latest update; the same one fails again';
  throw updateError('UPDATE_STATE', [`create-seaworthy ${engineVersion} has no template called ${template}`, newer]);
}

async function treeIn(archive: string, template: string): Promise<string> {
  const { hashTree, readTemplate } = await import('../plan/template.ts');
  return hashTree(readTemplate(archive, template));
}

/** The template that this package has for a service. */
export async function installedTemplate(state: ServiceState, source: TemplateSource): Promise<InstalledTemplate> {
  const { archive, version = engineVersion, vendorDirectory } = source;
  const carries = Object.keys(state.files).some((file) => file.startsWith('vendor/'));
  const vendor = vendorDirectory ?? (carries && existsSync(ownVendor) ? ownVendor : undefined);
  const { template } = state;
  const tree = archive === undefined ? builtTree(template) : await treeIn(archive, template);
  return { archive: archive ?? builtArchive(template), version, vendorDirectory: vendor, tree };
}

/** True when the installed template is what the service was last rendered from. */
export function isCurrent(state: ServiceState, { version, tree }: InstalledTemplate): boolean {
  return version === state.templateVersion && tree === state.templateTree;
}

/** True when the installed template is of a version before the one the service was rendered from. */
export function isOlder({ templateVersion }: ServiceState, { version }: InstalledTemplate): boolean {
  return compareVersions(version, templateVersion) < 0;
}

/** Refuses a template that is older than the service. */
export function refuseOlder(state: ServiceState, installed: InstalledTemplate): void {
  if (!isOlder(state, installed)) return;
  throw updateError('UPDATE_DOWNGRADE', [
    `create-seaworthy ${installed.version} is installed, the service is at ${state.templateVersion}`,
    `run it with that version or a newer one: npx create-seaworthy@latest update; the same version refuses again`,
  ]);
}
