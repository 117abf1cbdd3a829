/**
 * Reads a file as systemd.exec(5) describes `EnvironmentFile=`: lines that begin with `#` or `;` are comments, a
 * backslash at the end of a line (of a comment too) joins the next one, white space around a value is dropped, and
 * quotes enclose what is taken as it stands. systemd itself does not run here.
 */
export function readAsSystemd(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.replaceAll(/\\\n/g, '').split('\n')) {
    const trimmed = line.trim();
    const at = trimmed.indexOf('=');
    if (trimmed === '' || /^[#;]/.test(trimmed) || at < 1) continue;
    const name = trimmed.slice(0, at).trim();
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) continue;
    values[name] = unquote(trimmed.slice(at + 1).trim());
  }
  return values;
}

function unquote(written: string): string {
  const [, quote, inner] = /^(["'])([^]*)\1$/.exec(written) ?? [];
  if (quote === undefined || inner === undefined) return written.replaceAll(/\\(.)/g, '$1');
  return quote === '"' ? inner.replaceAll(/\\(["\\`$])/g, '$1') : inner;
}
