type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** What the header `Retry-After` asks for, in milliseconds from now; 0 where it is absent or unreadable. */
export function retryAfterMs(headers: Headers | undefined, nowMs: number): number {
  const value = headers?.['retry-after'];
  if (typeof value !== 'string') return 0;
  const delayMs = /^[0-9]+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - nowMs;
  return Number.isNaN(delayMs) ? 0 : Math.max(0, delayMs);
}
