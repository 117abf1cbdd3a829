import * as z from 'zod';

const sentence = z
  .string()
  .min(1)
  .max(300)
  .regex(/^[^\r\n]+$/, 'expected one line');

/** The facts of a service: RUNBOOK.md and CHECKLIST.md are rendered from them. */
export const serviceJsonSchema = z
  .strictObject({
    $schema: z.string(),
    name: z
      .string()
      .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
      .describe('the name of the service'),
    language: z.enum(['node', 'python']),
    summary: sentence.describe('what the service does, in one sentence'),
    owner: sentence.describe('the team that answers for the service'),
    onCall: sentence.describe('who is called at night'),
    review: z
      .strictObject({ everyDays: z.int().min(1).max(366) })
      .describe('how often the owner reads the runbook again'),
    release: z
      .strictObject({ tagPrefix: z.string().regex(/^(v|[a-z0-9-]+@)$/) })
      .describe('what a release tag begins with'),
    routes: z
      .array(
        z.strictObject({
          method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
          path: z.string().startsWith('/'),
          does: sentence,
          expectedInput: sentence,
          slowQuery: sentence,
          userNotices: sentence,
        }),
      )
      .min(1),
    objectives: z.strictObject({
      responseTimeMs: z.number().positive().describe('95 of 100 answers are faster'),
      errorRate: z.number().min(0).max(1).describe('the share of requests answered with 500 or more'),
      databaseCallsPerRequest: z.number().positive(),
    }),
    commands: z.strictObject({
      setup: sentence,
      settings: sentence.describe('prints the settings with their origin as JSON'),
      migrate: sentence
        .optional()
        .describe('brings the database to what this release needs; safe to run again, and run before every start'),
      start: sentence,
      test: sentence,
      integration: sentence,
    }),
    jobs: z
      .array(
        z.strictObject({
          name: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
          does: sentence,
          schedule: sentence.describe(
            'when it is to be started, in words; what starts it is up to whoever runs the service',
          ),
          command: sentence.describe('starts it; safe to run again'),
        }),
      )
      .describe('the work that a clock starts; may be none'),
    checklist: z
      .array(
        z.strictObject({
          id: z.string().regex(/^[a-z][a-z-]*$/),
          title: sentence,
          command: sentence,
          expected: sentence,
          rollback: sentence,
          retry: sentence,
        }),
      )
      .min(1),
  })
  .describe('The facts of a service');

/** The parsed contents of a service's service.json. */
export type ServiceJson = z.infer<typeof serviceJsonSchema>;

/**
 * The JSON Schema of service.json, as a service carries it for its editor.
 *
 * @example
 * ```ts
 * import { toServiceJsonSchema } from 'create-seaworthy';
 * if (!toServiceJsonSchema().includes('"everyDays"')) throw new Error('a field is missing');
 * ```
 */
export function toServiceJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(serviceJsonSchema), null, 2)}\n`;
}
