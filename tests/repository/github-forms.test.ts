import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';

import { publishedPackages } from '../../scripts/published-packages.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(repository, file), 'utf8');

const text = z.string().trim().min(1);
const validations = z.strictObject({ required: z.boolean() }).optional();
const shared = { id: z.string().regex(/^[A-Za-z0-9_-]+$/), validations };
const attributes = { label: text, description: text.optional() };

/** The parts of an issue form, as GitHub documents them; a form that it cannot read is not offered, and nobody is told. */
const element = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('markdown'), attributes: z.strictObject({ value: text }) }),
  z.strictObject({
    ...shared,
    type: z.literal('input'),
    attributes: z.strictObject({ ...attributes, placeholder: text.optional(), value: text.optional() }),
  }),
  z.strictObject({
    ...shared,
    type: z.literal('textarea'),
    attributes: z.strictObject({
      ...attributes,
      placeholder: text.optional(),
      render: z.enum(['shell', 'text', 'typescript', 'python', 'yaml']).optional(),
      value: text.optional(),
    }),
  }),
  z.strictObject({
    ...shared,
    type: z.literal('dropdown'),
    attributes: z.strictObject({
      ...attributes,
      default: z.int().min(0).optional(),
      multiple: z.boolean().optional(),
      options: z
        .array(text)
        .min(1)
        .refine((options) => new Set(options).size === options.length, 'an option twice'),
    }),
  }),
]);

const form = z
  .strictObject({
    name: text,
    description: text,
    title: text.optional(),
    labels: z.array(text).optional(),
    body: z.array(element).min(1),
  })
  .refine(({ body }) => body.some(({ type }) => type !== 'markdown'), 'a form that asks nothing')
  .refine(({ body }) => {
    const ids = body.flatMap((each) => ('id' in each ? [each.id] : []));
    return new Set(ids).size === ids.length;
  }, 'an id twice');

const files = globSync('.github/ISSUE_TEMPLATE/*.yml', { cwd: repository }).filter(
  (file) => !file.endsWith('/config.yml'),
);

describe('issue forms', () => {
  it.each(files)('%s is a form as GitHub reads it', (file) => {
    expect(form.safeParse(parse(read(file)) as unknown).error?.issues ?? []).toEqual([]);
  });

  it('ask about every package that is published', () => {
    const { body } = form.parse(parse(read('.github/ISSUE_TEMPLATE/bug.yml')));
    const options = body.flatMap((each) => (each.type === 'dropdown' ? each.attributes.options : []));
    expect(options).toEqual(expect.arrayContaining(publishedPackages().map(({ manifest }) => manifest.name)));
  });

  it.each([
    ['a label that is missing', { type: 'input', id: 'a', attributes: {} }],
    ['a type that does not exist', { type: 'select', id: 'a', attributes: { label: 'A' } }],
    ['an attribute that does not exist', { type: 'input', id: 'a', attributes: { label: 'A', hint: 'B' } }],
    ['an option twice', { type: 'dropdown', id: 'a', attributes: { label: 'A', options: ['b', 'b'] } }],
    ['nothing but a text', { type: 'markdown', attributes: { value: 'A' } }],
  ])('with %s would be refused', (_what, faulty) => {
    expect(form.safeParse({ name: 'A', description: 'B', body: [faulty] }).success).toBe(false);
  });
});

describe('CODEOWNERS', () => {
  const rules = read('.github/CODEOWNERS')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/\s+/));
  const patterns = rules.map(([pattern = '']) => pattern);

  it('names teams of one organisation, and no person', () => {
    expect(
      rules
        .flatMap(([, ...owners]) => (owners.length === 0 ? ['nobody'] : owners))
        .filter((owner) => !/^@seaworthy\/[a-z]+$/.test(owner)),
    ).toEqual([]);
  });

  it('names only what is there, and every package that is published', () => {
    const places = patterns.filter((pattern) => pattern !== '*').map((pattern) => pattern.replace(/^\//, ''));
    expect(places.filter((place) => !existsSync(path.join(repository, place)))).toEqual([]);
    expect(places).toEqual(expect.arrayContaining(publishedPackages().map(({ folder }) => `packages/${folder}/`)));
  });

  it('begins with somebody for every file', () => {
    expect(patterns[0]).toBe('*');
  });
});
