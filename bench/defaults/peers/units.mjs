// What none of the peers brings: numbers with a unit. `measure.mjs` loads this file before its clock starts.
const milliseconds = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const sizes = { B: 1, KiB: 1_024, MiB: 1_048_576, GiB: 1_073_741_824 };

export const durationPattern = /^([0-9]{1,15})(ms|s|m|h)$/;
export const sizePattern = /^([0-9]{1,15})(B|KiB|MiB|GiB)$/;
export const countPattern = /^[0-9]{1,15}$/;
export const ratioPattern = /^[0-9]{1,15}(\.[0-9]{1,6})?$/;
export const textPattern = /^[\x21-\x7e]{1,200}$/;

function toBase(written, pattern, units) {
  const [, digits, unit] = pattern.exec(written) ?? [];
  return digits === undefined ? Number.NaN : Number(digits) * units[unit];
}

/** `30s` as milliseconds; not a number for anything else. */
export function toMilliseconds(written) {
  return toBase(written, durationPattern, milliseconds);
}

/** `1MiB` as bytes; not a number for anything else. */
export function toBytes(written) {
  return toBase(written, sizePattern, sizes);
}

/** The address of a PostgreSQL database, with the name of the database in it. */
export function isDatabaseUrl(written) {
  return written.startsWith('postgres:') && (URL.parse(written)?.pathname.length ?? 0) > 1;
}
