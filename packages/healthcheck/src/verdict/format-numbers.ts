// Rounded by hand, so that an implementation in another language prints the same: formatters disagree about halves.

/** Half a unit is rounded up: 0.25 with one decimal is 0.3. */
export function fixed(value: number, decimals: number): string {
  const digits = String(Math.floor(Math.abs(value) * 10 ** decimals + 0.5)).padStart(decimals + 1, '0');
  const sign = value < 0 && Number(digits) !== 0 ? '-' : '';
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** 9140 as 9,140. */
export function grouped(count: number): string {
  return fixed(count, 0).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** A share in per cent, without the sign: 0.003 as 0.3, 0.0004 as 0.04. */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0) return '0';
  return fixed(value, value >= 10 ? 0 : value >= 0.1 ? 1 : 2);
}

export function milliseconds(value: number): string {
  return fixed(value, value < 10 ? 1 : 0);
}

/** How much larger a number is: +51 %. */
export function growth(before: number, after: number): string {
  if (before === 0) return 'from 0';
  const value = (after / before - 1) * 100;
  return `${value < 0 ? '' : '+'}${fixed(value, 0)} %`;
}

/** A minute since 1970 as a time of day. */
export function timeOfDay(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)} UTC`;
}
