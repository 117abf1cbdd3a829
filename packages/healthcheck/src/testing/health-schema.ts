import { readFileSync } from 'node:fs';
import path from 'node:path';
import formats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { contractFolder } from './golden-state.ts';

const schema = JSON.parse(readFileSync(path.join(contractFolder, 'health-1.schema.json'), 'utf8')) as object;

const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
formats.default(ajv);
const validate = ajv.compile(schema);

/** What the schema of the contract holds against a document; empty when it is one. */
export function schemaProblems(document: unknown): string[] {
  if (validate(document)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
