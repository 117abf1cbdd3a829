import { readFileSync } from 'node:fs';

const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');

/** The version of this package: that of the engine and of the templates it carries. */
export const engineVersion = (JSON.parse(manifest) as { version: string }).version;
