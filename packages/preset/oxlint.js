import { readFileSync } from 'node:fs';

const settings = readFileSync(new URL('./oxlint.json', import.meta.url), 'utf8');

export const service = /** @type {import('oxlint').OxlintConfig} */ (JSON.parse(settings));
