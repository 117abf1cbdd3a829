import { updateError, type ScaffoldError } from '../errors.ts';
import { isSafePath } from '../plan/safe-path.ts';

import { stateFile, stateSchema, type FileRecord, type ServiceState } from './state.ts';

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(problems: readonly string[], cause?: unknown): ScaffoldError {
  const mend = `restore ${stateFile} from git: git checkout -- ${stateFile}; trying again fails until then`;
  return updateError('UPDATE_STATE', [...problems, mend], { cause });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refused([`${stateFile} is not JSON`], cause);
  }
}

const policies = new Set(['managed', 'merge', 'seed', 'derived', 'required', 'rendered']);

function isRecord(value: unknown): value is FileRecord {
  if (!isObject(value)) return false;
  const { sha256, mode, policy } = value;
  return (
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    (mode === '644' || mode === '755') &&
    typeof policy === 'string' &&
    policies.has(policy)
  );
}

function* fileProblems(files: Json): Generator<string> {
  for (const [file, record] of Object.entries(files)) {
    const shown = JSON.stringify(file);
    if (!isSafePath(file)) yield `files: ${shown} leads out of the service`;
    else if (!isRecord(record)) yield `files: ${shown} has no sha256, mode or policy that is known`;
  }
}

const texts = ['engineVersion', 'template', 'templateVersion', 'templateTree'] as const;
const version = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

function* problemsOf(state: Json): Generator<string> {
  for (const name of texts) if (typeof state[name] !== 'string') yield `${name}: expected text`;
  const { templateVersion, answersVersion, answers, rendering, files } = state;
  if (typeof templateVersion === 'string' && !version.test(templateVersion))
    yield `templateVersion: expected a version such as 1.2.3, got ${JSON.stringify(templateVersion)}`;
  if (!Number.isInteger(answersVersion) || Number(answersVersion) < 1) yield 'answersVersion: expected 1, 2, …';
  if (!isObject(answers)) yield 'answers: expected an object';
  else if (state['template'] !== `${String(answers['language'])}-service`)
    yield 'template: expected the one of answers.language';
  if (
    !isObject(rendering) ||
    typeof rendering['tagPrefix'] !== 'string' ||
    typeof rendering['bundleNode'] !== 'boolean'
  ) {
    yield 'rendering: expected tagPrefix and bundleNode';
  }
  if (isObject(files)) yield* fileProblems(files);
  else yield 'files: expected an object';
}

/**
 * Reads the text of state.json. It is checked by hand: zod alone would cost a third of the time that a check may take.
 *
 * @throws {ScaffoldError} `UPDATE_STATE`, naming everything that is wrong at once.
 */
export function parseState(text: string): ServiceState {
  const state = parseJson(text);
  if (!isObject(state)) throw refused([`${stateFile} holds no object`]);
  const { schema } = state;
  if (schema !== stateSchema) {
    const newer = typeof schema === 'string' && /^state\/\d+$/.test(schema);
    const got = JSON.stringify(schema);
    if (!newer) throw refused([`${stateFile}: schema is ${got}, expected "${stateSchema}"`]);
    throw updateError('UPDATE_STATE', [
      `${stateFile}: schema is ${got}, and this version knows "${stateSchema}" only`,
      'a newer create-seaworthy wrote it: npx create-seaworthy@latest update; the same version fails again',
    ]);
  }
  const problems = [...problemsOf(state)].map((problem) => `${stateFile}: ${problem}`);
  if (problems.length > 0) throw refused(problems);
  return state as unknown as ServiceState;
}
