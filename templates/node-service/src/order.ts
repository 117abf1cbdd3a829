import * as z from 'zod';

/** What was expected of each field; the texts of errors, which never repeat what was sent. */
const expectations = {
  orderNumber: 'expected 3 to 40 characters A-Z, 0-9 or -, not beginning with -',
  sku: 'expected 1 to 40 characters A-Z, 0-9 or -, not beginning with -',
  quantity: 'expected a whole number from 1 to 10000',
} as const;

export const orderNumberSchema = z.string().regex(/^[A-Z0-9][A-Z0-9-]{2,39}$/);

/** An order as a client sends it. */
export const newOrderSchema = z.strictObject({
  orderNumber: orderNumberSchema,
  sku: z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,39}$/),
  quantity: z.int().min(1).max(10_000),
});

export type NewOrder = z.infer<typeof newOrderSchema>;

export interface Order extends NewOrder {
  readonly createdAt: string;
}

/** An order as a cache keeps it. */
export const storedOrderSchema = z.strictObject({ ...newOrderSchema.shape, createdAt: z.iso.datetime() });

/** Reads an order from its JSON; nothing where it is none. */
export function parseStoredOrder(json: string): Order | undefined {
  try {
    return storedOrderSchema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

/** Whether a repeated request asks for what is stored. */
export function hasSameContent(stored: Pick<NewOrder, 'sku' | 'quantity'>, order: NewOrder): boolean {
  return stored.sku === order.sku && stored.quantity === order.quantity;
}

export interface FieldError {
  /** A JSON pointer (RFC 6901). */
  readonly pointer: string;
  readonly detail: string;
}

const pointerCharacters = 40;
const namedErrors = 100;

function pointerTo(name: string): string {
  return `/${Array.from(name).slice(0, pointerCharacters).join('').replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function fieldErrors(issues: readonly z.core.$ZodIssue[]): FieldError[] {
  const wrong = new Set(issues.map((issue) => issue.path[0]));
  const known = Object.entries(expectations)
    .filter(([name]) => wrong.has(name))
    .map(([name, detail]) => ({ pointer: pointerTo(name), detail }));
  const unknown = issues
    .flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []))
    .map((name) => ({ pointer: pointerTo(name), detail: 'expected no such field' }));
  return [...known, ...unknown].slice(0, namedErrors);
}

/** Reads an order from a decoded body or a row of a file. */
export function parseOrder(input: unknown): { order: NewOrder } | { errors: FieldError[] } {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { errors: [{ pointer: '', detail: 'expected an object with orderNumber, sku and quantity' }] };
  }
  const result = newOrderSchema.safeParse(input);
  return result.success ? { order: result.data } : { errors: fieldErrors(result.error.issues) };
}
