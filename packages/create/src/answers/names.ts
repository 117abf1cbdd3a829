import * as z from 'zod';

import { reservedNames } from './reserved-names.ts';

const slug = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const shape = 'expected 2 to 40 characters: lower-case letters, digits and single hyphens, beginning with a letter';

/** The nearest name that would be accepted: `Orders API` becomes `orders-api`. */
export function suggestName(name: string): string | undefined {
  const suggestion = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return [suggestion, `${suggestion}-service`].find((candidate) => whyRefused(candidate) === undefined);
}

function whyRefused(name: string): string | undefined {
  if (name.length < 2 || name.length > 40 || !slug.test(name)) return shape;
  if (name.includes('marlin')) return 'expected a name without "marlin", the word the templates are written with';
  if (reservedNames.has(name)) return 'expected a name that no module, folder or device has already';
  return undefined;
}

/** A name that npm, Python, DNS, Docker and systemd all accept. */
export const nameSchema = z.string().superRefine((name, context) => {
  const why = whyRefused(name);
  if (why === undefined) return;
  const suggestion = suggestName(name);
  context.addIssue({ code: 'custom', message: suggestion === undefined ? why : `${why}; for example ${suggestion}` });
});

/** A team: the same shape as a service's name, because it stands in the same documents. */
export const teamSchema = z.string().superRefine((name, context) => {
  if (name.length < 2 || name.length > 40 || !slug.test(name)) context.addIssue({ code: 'custom', message: shape });
  else if (name.includes('marlin')) context.addIssue({ code: 'custom', message: 'expected a name without "marlin"' });
});
