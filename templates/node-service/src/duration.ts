/** A number of milliseconds as a person writes it: `30s`, `1500ms`. */
export function duration(milliseconds: number): string {
  return milliseconds % 1_000 === 0 ? `${milliseconds / 1_000}s` : `${milliseconds}ms`;
}
