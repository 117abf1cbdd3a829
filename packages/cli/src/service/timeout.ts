/** How long a command may take, and how whoever set it wrote it. */
export interface Timeout {
  readonly ms: number;
  readonly written: string;
}

const units = { ms: 1, s: 1_000, m: 60_000 } as const;
const hourMs = 3_600_000;

/** Undefined for what is no duration from 1ms to 1h, and for a number without a unit: 60 can be 60ms and 60s. */
export function parseTimeout(written: string): Timeout | undefined {
  const [, digits, unit] = /^([1-9][0-9]{0,6})(ms|s|m)$/.exec(written) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  const ms = Number(digits) * units[unit as keyof typeof units];
  return ms > hourMs ? undefined : { ms, written };
}
