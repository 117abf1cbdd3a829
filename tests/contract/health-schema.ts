import { readFileSync } from 'node:fs';
import path from 'node:path';

import formats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';

const file = path.resolve(import.meta.dirname, '../../packages/healthcheck/contract/health-1.schema.json');

// Not the two checks of the schema's own style that its conditional parts do not pass.
const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
formats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);

/** What the schema of health/1 holds against a document; empty when it is one. */
export function schemaProblems(document: unknown): string[] {
  if (validate(document)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
