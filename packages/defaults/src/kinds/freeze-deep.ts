/** Freezes a value with everything in it; instances of classes stay as they are: nothing freezes the inside of a Date or a Map. */
export function freezeDeep<T>(value: T, seen = new Set<unknown>()): T {
  if (typeof value !== 'object' || value === null || seen.has(value)) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return value;
  seen.add(Object.freeze(value));
  for (const each of Object.values(value)) freezeDeep(each, seen);
  return value;
}
