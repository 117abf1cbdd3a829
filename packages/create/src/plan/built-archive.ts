import { fileURLToPath } from 'node:url';

/** The archive of a template that is built beside this package's code: one for each, so that the others are not unpacked. */
export function builtArchive(template: string): string {
  return fileURLToPath(new URL(`${template}.tgz`, import.meta.url));
}

/** The hash of each built template's files, so that a check unpacks none of them. */
export const builtIndex = fileURLToPath(new URL('templates.json', import.meta.url));
