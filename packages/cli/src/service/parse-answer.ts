import { problemCodes, type ProblemCode, type SettingsDescription, type SettingsReport } from '@seaworthy/defaults';
import * as z from 'zod/mini';

import { answerInvalid, type CommandFacts } from '../errors.ts';

const setting = z.strictObject({
  setting: z.string(),
  value: z.string(),
  origin: z.string(),
  why: z.exactOptional(z.string()),
});

const settings = z.record(z.string().check(z.regex(/^[A-Z][A-Z0-9_]*$/)), setting).check(
  // A report on nothing would look well.
  z.refine((byName) => Object.keys(byName).length > 0),
);

const problem = z.strictObject({
  code: z.enum(Object.keys(problemCodes) as ProblemCode[]),
  name: z.string(),
  setting: z.exactOptional(z.string()),
  got: z.string(),
  from: z.exactOptional(z.string()),
  expected: z.string(),
  why: z.string(),
  fix: z.string(),
  retryable: z.boolean(),
  owner: z.string(),
});

const descriptionShape = z.strictObject({ environment: z.string(), settings });
const reportShape = z.strictObject({ environment: z.string(), settings, problems: z.array(problem) });

const settingsWords = '"settings": { NAME: { "setting", "value", "origin", "why"? } }';
const descriptionWords = `JSON: { "environment", ${settingsWords} }`;
const reportWords = `JSON: { "environment", ${settingsWords}, "problems": [ … ] }`;

/** Names the place and what is unknown there, and repeats no value. */
function issueText({ path, ...issue }: z.core.$ZodIssue): string {
  const place = path.length === 0 ? 'the whole' : `/${path.map(String).join('/')}`;
  return issue.code === 'unrecognized_keys'
    ? `${place} has ${issue.keys.join(', ')}, unknown to this version of seaworthy`
    : `${place} is missing or of another shape`;
}

function parse<T extends z.ZodMiniType>(facts: CommandFacts, shape: T, words: string, stdout: string): z.infer<T> {
  const invalid = (got: string) => answerInvalid(facts, got, words);
  if (stdout.trim() === '') throw invalid('nothing on its stdout');
  let json: unknown;
  try {
    json = JSON.parse(stdout);
  } catch {
    const banner = /^\s*> /.test(stdout);
    throw invalid(banner ? 'the banner of npm before the answer: npm run needs --silent' : 'text that is no JSON');
  }
  const result = shape.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw invalid(issue === undefined ? 'JSON of another shape' : `JSON where ${issueText(issue)}`);
}

/** Reads what the settings command prints without words behind it. */
export function parseDescription(facts: CommandFacts, stdout: string): SettingsDescription {
  return parse(facts, descriptionShape, descriptionWords, stdout);
}

/** Reads what the settings command prints for `verify`. */
export function parseReport(facts: CommandFacts, stdout: string, environment: string): SettingsReport {
  const report = parse(facts, reportShape, reportWords, stdout);
  if (report.environment === environment) return report;
  throw answerInvalid(facts, 'a report on another environment', reportWords);
}
