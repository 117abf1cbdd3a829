import * as z from 'zod';

import { reservedReason } from './reserved-names.ts';

const slug = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const shape = 'expected 2 to 40 characters: lower-case letters, digits and single hyphens, beginning with a letter';

function whyTeamRefused(name: string): string | undefined {
  if (name.length < 2 || name.length > 40 || !slug.test(name)) return shape;
  if (name.includes('marlin')) return 'expected a name without "marlin", the word the templates are written with';
  return undefined;
}

function whyServiceRefused(name: string): string | undefined {
  const reason = reservedReason(name);
  return whyTeamRefused(name) ?? (reason === undefined ? undefined : `expected a name that is not taken: ${reason}`);
}

function suggestName(name: string, whyRefused: typeof whyTeamRefused): string | undefined {
  const words = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  // What no name may begin with, or hold.
  const rest = words
    .replace(/^pg-/, '')
    .replaceAll(/marlin-?/g, '')
    .replace(/-+$/, '');
  return [words, `${words}-service`, rest].find((candidate) => whyRefused(candidate) === undefined);
}

function named(whyRefused: typeof whyTeamRefused) {
  const facts = { minLength: 2, maxLength: 40, pattern: slug.source };
  const schema = z.string().superRefine((name, context) => {
    const why = whyRefused(name);
    if (why === undefined) return;
    const suggestion = suggestName(name, whyRefused);
    context.addIssue({ code: 'custom', message: suggestion === undefined ? why : `${why}; for example ${suggestion}` });
  });
  return schema.meta(facts);
}

/** A name that npm, Python, DNS, Docker, systemd and PostgreSQL all accept. */
export const nameSchema = named(whyServiceRefused);

/** A team: the same shape as a service's name, because it stands in the same documents. */
export const teamSchema = named(whyTeamRefused);
