import * as z from 'zod';

import { ScaffoldError } from '../errors.ts';

import { nameSchema, teamSchema } from './names.ts';
import { shown } from './shown.ts';

// oxlint-disable-next-line no-control-regex -- they are what is refused
const controlCharacter = /[\u0000-\u001F\u007F-\u009F]/;

/** Every question of the scaffolder: prompts, flags, help, the answers file and its JSON Schema are drawn from this one schema. */
export const answersSchema = z.strictObject({
  name: nameSchema.describe('the service, for example orders-api'),
  language: z.enum(['node', 'python']).describe('node or python'),
  owner: teamSchema.describe('the team that answers for the service, for example team-orders'),
  onCall: teamSchema.optional().describe('who is called at night; the owner unless given'),
  directory: z
    .string()
    .min(1)
    .refine((directory) => !controlCharacter.test(directory), 'expected a path without control characters')
    .refine((directory) => !/^~(\/|$)/.test(directory), 'the shell has left its ~ as it stands; write $HOME instead')
    .default('services')
    .describe('the parent folder'),
  git: z.boolean().default(true).describe('make a repository and its first commit'),
  install: z.boolean().default(false).describe('run make setup in the new service'),
});

/** What the caller gives; what has a default may be left out. */
export type AnswersInput = z.input<typeof answersSchema>;

/** Checked answers, with every default filled in. */
export type Answers = Required<z.output<typeof answersSchema>>;

/** The flag of an answer: `onCall` is written `--on-call`. */
export function flagOf(answer: string): string {
  return `--${answer.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function describeIssue(issue: z.core.$ZodIssue, input: Readonly<Record<string, unknown>>): string {
  const name = String(issue.path[0] ?? '');
  const schema =
    name in answersSchema.shape ? answersSchema.shape[name as keyof typeof answersSchema.shape] : undefined;
  if (schema !== undefined && input[name] === undefined)
    return `${flagOf(name)} is missing: ${schema.description ?? ''}`;
  if (issue.code === 'unrecognized_keys')
    return `${issue.keys.map((key) => shown(key)).join(', ')}: there is no such answer`;
  const expected = issue.code === 'invalid_value' ? `expected one of ${issue.values.join(', ')}` : issue.message;
  return `${flagOf(name)}=${shown(input[name])}: ${expected}`;
}

/** The name of an answer. */
export type AnswerName = keyof typeof answersSchema.shape;

/** All answers by name, in the order in which they are asked. */
export const answerNames = Object.keys(answersSchema.shape) as readonly AnswerName[];

/** What an answer is when nobody gives it; undefined where one is needed, and for what follows another answer. */
export function defaultOf(name: AnswerName): string | boolean | undefined {
  const result = answersSchema.shape[name].safeParse(undefined);
  return result.success ? result.data : undefined;
}

/** The answers that are needed and not given. */
export function missingAnswers(input: Readonly<Record<string, unknown>>): readonly AnswerName[] {
  return answerNames.filter(
    (name) => input[name] === undefined && !answersSchema.shape[name].safeParse(undefined).success,
  );
}

/** What is wrong with the answers that are given; what is missing is not counted. */
export function problemsOfGiven(input: Readonly<Record<string, unknown>>): readonly string[] {
  const missing = new Set<PropertyKey>(missingAnswers(input));
  const issues = answersSchema.safeParse(input).error?.issues ?? [];
  return issues.filter(({ path: [name = ''] }) => !missing.has(name)).map((issue) => describeIssue(issue, input));
}

/**
 * Checks the answers and fills in the defaults.
 *
 * @throws {ScaffoldError} `SCAFFOLD_ANSWERS`, naming everything that is missing or refused at once.
 * @example
 * ```ts
 * import { parseAnswers } from 'create-seaworthy';
 * const answers = parseAnswers({ name: 'orders-api', language: 'node', owner: 'team-orders' });
 * if (answers.onCall !== 'team-orders' || answers.directory !== 'services') throw new Error('a default is missing');
 * ```
 */
export function parseAnswers(input: Readonly<Record<string, unknown>>): Answers {
  const result = answersSchema.safeParse(input);
  if (!result.success) {
    const problems = new Set(result.error.issues.map((issue) => describeIssue(issue, input)));
    throw new ScaffoldError('SCAFFOLD_ANSWERS', [...problems]);
  }
  return { ...result.data, onCall: result.data.onCall ?? result.data.owner };
}

/**
 * The JSON Schema of the file that `--answers` reads, for an editor; its `$schema` may name it.
 *
 * @example
 * ```ts
 * import { toAnswersJsonSchema } from 'create-seaworthy';
 * if (!toAnswersJsonSchema().includes('"onCall"')) throw new Error('an answer is missing');
 * ```
 */
export function toAnswersJsonSchema(): string {
  const { properties, ...rest } = z.toJSONSchema(answersSchema, { io: 'input' });
  return `${JSON.stringify({ ...rest, properties: { $schema: { type: 'string' }, ...properties } }, null, 2)}\n`;
}
