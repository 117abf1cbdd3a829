/** A value and its type, never more than a line of it. */
export function quoted(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'string')
    return `${JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)} (string)`;
  if (typeof value === 'number' || typeof value === 'boolean') return `${value} (${typeof value})`;
  return Array.isArray(value) ? 'a value (array)' : `a value (${typeof value})`;
}

const plain = /^[\w.:-]{1,100}$/;
const isPlain = (text: unknown): text is string => typeof text === 'string' && plain.test(text);

/** The code of an error, else the name of its class: what may be logged and kept, since it holds no secret. */
export function codeOf(error: unknown): string {
  const { code, name } = Object(error) as { code?: unknown; name?: unknown };
  if (isPlain(code)) return code;
  return isPlain(name) && error instanceof Error ? name : 'Error';
}
