import * as z from 'zod';

import { ScaffoldError } from '../errors.ts';

import { nameSchema, teamSchema } from './names.ts';

/** Every question of the scaffolder: flags, help and messages are drawn from this one schema. */
export const answersSchema = z.strictObject({
  name: nameSchema.describe('the service, for example orders-api'),
  language: z.enum(['node', 'python']).describe('node or python'),
  owner: teamSchema.describe('the team that answers for the service, for example team-orders'),
  onCall: teamSchema.optional().describe('who is called at night; the owner unless given'),
  directory: z
    .string()
    .min(1)
    .refine((directory) => !directory.includes('\0'), 'expected a path')
    .default('services')
    .describe('the parent folder'),
  git: z.boolean().default(true).describe('make a repository and its first commit'),
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
  if (issue.code === 'unrecognized_keys') return `${issue.keys.map(flagOf).join(', ')}: there is no such answer`;
  const expected = issue.code === 'invalid_value' ? `expected one of ${issue.values.join(', ')}` : issue.message;
  return `${flagOf(name)}=${JSON.stringify(input[name])}: ${expected}`;
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
