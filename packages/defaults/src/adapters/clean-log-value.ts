/** What a logged value may carry. */
export interface LogValueLimits {
  /** Keys that are left out, in lower case. */
  readonly hidden: ReadonlySet<string>;
  readonly depthLimit: number;
  readonly edgeLimit: number;
}

function asJson(value: unknown): unknown {
  const turning = value as { readonly toJSON?: () => unknown } | null | undefined;
  return typeof turning?.toJSON === 'function' ? turning.toJSON() : value;
}

/** A copy of a logged value without its hidden keys at any depth, cut where it nests too deep or has too many entries. */
export function cleanLogValue(given: unknown, limits: LogValueLimits, above: readonly object[] = []): unknown {
  const value = asJson(given);
  if (typeof value !== 'object' || value === null) return value;
  if (above.includes(value)) return '[Circular]';
  if (above.length >= limits.depthLimit) return Array.isArray(value) ? '[Array]' : '[Object]';
  const path = [...above, value];
  const cut = (left: number) => `${left} more, cut by LOG_EDGE_LIMIT`;

  if (Array.isArray(value)) {
    const items = value.slice(0, limits.edgeLimit).map((item: unknown) => cleanLogValue(item, limits, path));
    const left = value.length - items.length;
    return left === 0 ? items : [...items, cut(left)];
  }
  const entries = Object.entries(value).filter(([key]) => !limits.hidden.has(key.toLowerCase()));
  const kept = entries.slice(0, limits.edgeLimit).map(([key, item]) => [key, cleanLogValue(item, limits, path)]);
  const left = entries.length - kept.length;
  return Object.fromEntries(left === 0 ? kept : [...kept, ['...', cut(left)]]) as unknown;
}
