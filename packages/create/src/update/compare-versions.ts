function compareParts(left: string, right: string): number {
  const numbers = /^\d+$/.test(left) && /^\d+$/.test(right);
  if (numbers) return Number(left) - Number(right);
  // A number is older than a word.
  if (/^\d+$/.test(left) !== /^\d+$/.test(right)) return /^\d+$/.test(left) ? -1 : 1;
  return left < right ? -1 : Number(left > right);
}

/** Compares two versions as Semantic Versioning does: below zero when the first is older. */
export function compareVersions(left: string, right: string): number {
  const split = (version: string) => {
    const [core = '', ...rest] = (version.split('+')[0] ?? '').split('-');
    return { core: core.split('.'), labels: rest.length === 0 ? [] : rest.join('-').split('.') };
  };
  const [a, b] = [split(left), split(right)];
  for (const [index, part] of a.core.entries()) {
    const order = compareParts(part, b.core[index] ?? '0');
    if (order !== 0) return order;
  }
  // 1.0.0-next.1 comes before 1.0.0.
  if (a.labels.length === 0 || b.labels.length === 0) return b.labels.length - a.labels.length;
  for (const [index, label] of a.labels.entries()) {
    const other = b.labels[index];
    if (other === undefined) return 1;
    const order = compareParts(label, other);
    if (order !== 0) return order;
  }
  return a.labels.length - b.labels.length;
}
