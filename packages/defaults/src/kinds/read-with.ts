import type { z } from 'zod/mini';

import type { Reading, Refusal } from '../declare/kind.ts';

/** Runs a schema over a text; `explain` names the fault, because the schema's own messages repeat their input. */
export function readWith<T>(
  schema: z.ZodMiniType<T, string>,
  explain: (issue: z.core.$ZodIssue, raw: string) => Refusal,
) {
  return (raw: string): Reading<T> => {
    const result = schema.safeParse(raw);
    if (result.success) return { value: result.data };
    const [issue] = result.error.issues;
    if (issue === undefined) throw new TypeError('a schema refused a text without saying why');
    return { refused: explain(issue, raw) };
  };
}
