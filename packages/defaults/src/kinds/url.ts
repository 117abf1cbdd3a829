import * as z from 'zod/mini';

import type { Refusal } from '../declare/kind.ts';
import { quoteText } from '../declare/quote-text.ts';
import { setting, type Defaulted, type Setting, type SettingTexts } from '../declare/setting.ts';

import { readWith } from './read-with.ts';

/** A URL without its user name, password and query; it is cut at the last `@`, because a password may hold one. */
export function redactUrl(written: string): string {
  const [scheme = ''] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(written) ?? [];
  // A plain path: nothing in it is a password.
  if (scheme === '' && written.startsWith('sqlite:')) return written;
  const rest = written.slice(scheme.length);
  const at = rest.lastIndexOf('@');
  const [address = '', ...query] = rest.slice(at + 1).split('?');
  return `${scheme}${at === -1 ? '' : '***:***@'}${address}${query.length === 0 ? '' : '?***'}`;
}

/**
 * A URL with one of the named protocols; each environment states its own, it is never inherited from production.
 *
 * User name and password are hidden wherever the URL is shown.
 *
 * @example
 * ```ts
 * import { defineDefaults, loadSettings, url } from '@seaworthy/defaults';
 * const store = defineDefaults('store', 'STORE_', {
 *   location: url({
 *     env: 'STORE_URL', protocols: ['sqlite:'], in: { test: 'sqlite:var/test.db' }, owner: 'team-app',
 *     reason: 'one file is enough', expect: 'orders survive a restart', rollback: 'set the previous STORE_URL',
 *   }),
 * });
 * const { settings } = loadSettings({ store }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-app' });
 * if (settings.store.location.pathname !== 'var/test.db') throw new Error('expected the path');
 * ```
 */
export function url(
  options: SettingTexts & Pick<Defaulted<string>, 'in'> & { readonly protocols: readonly string[] },
): Setting<URL> {
  const { protocols, ...texts } = options;
  const named = protocols.join(' or ');
  const schema = z.pipe(
    z.string().check(
      z.regex(/^[\x21-\x7e]{1,2000}$/),
      z.refine((raw) => protocols.some((protocol) => raw.startsWith(protocol)), { abort: true }),
      z.refine((raw) => (URL.parse(raw)?.pathname.replace(/^\/+/, '') ?? '') !== '', { params: { path: true } }),
    ),
    z.transform((raw: string) => new URL(raw)),
  );
  const explain = (issue: z.core.$ZodIssue): Refusal => ({
    code: 'CFG_INVALID',
    why:
      issue.code === 'custom' && issue.params?.['path'] === true
        ? 'it names no database file'
        : `it does not begin with ${named}`,
  });
  return setting(
    {
      expected: `a URL that begins with ${named}`,
      read: readWith<URL>(schema, explain),
      show: (value) => redactUrl(value.href),
      quote: (raw) => quoteText(redactUrl(raw)),
      inherited: false,
      python: { kind: 'Url', type: 'str', options: { protocols } },
    },
    texts,
  );
}
