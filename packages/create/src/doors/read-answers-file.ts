import { readFileSync } from 'node:fs';
import path from 'node:path';

import { ScaffoldError } from '../errors.ts';

function refuse(file: string, problem: string, cause?: unknown): never {
  throw new ScaffoldError('SCAFFOLD_ANSWERS', [`--answers=${file}: ${problem}`], { cause });
}

/**
 * Reads the answers of a JSON file; whether they are right is judged with the others.
 *
 * @throws {ScaffoldError} `SCAFFOLD_ANSWERS` when the file cannot be read or holds no JSON object.
 */
export function readAnswersFile(cwd: string, file: string): Record<string, unknown> {
  let text = '';
  try {
    text = readFileSync(path.resolve(cwd, file), 'utf8');
  } catch (error) {
    refuse(file, `the file cannot be read (${error instanceof Error ? error.message : String(error)})`, error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    refuse(file, `expected JSON (${error instanceof Error ? error.message : String(error)})`, error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse(file, 'expected one JSON object of answers, such as {"name": "orders-api"}');
  const { $schema: _editor, ...answers } = value as Record<string, unknown>;
  return answers;
}
