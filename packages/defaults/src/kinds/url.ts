import type { Kind, Reading } from '../declare/kind.ts';
import type { InEnvironment } from '../declare/place.ts';
import { setting, type Defaulted, type EnvSetting, type Texts } from '../declare/setting.ts';

import { refused } from './reading.ts';
import { hasOnlyPrintable, isAddress, quoteUrl, RedactedUrl } from './redacted-url.ts';
import type { TextPattern } from './text.ts';

const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/**
 * A URL with one of the named protocols; each environment states its own, it is never inherited from production.
 *
 * `pattern` narrows it further, as that of a `text` does: to what every client of the URL reads alike, for instance.
 *
 * User name, password and query are hidden wherever the URL is shown. `STORE_URL_FILE` may name a file that holds it.
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
 * if (settings.store.location.reveal() !== 'sqlite:var/test.db') throw new Error('expected the path');
 * ```
 */
export function url(
  options: InEnvironment &
    Texts &
    Pick<Defaulted<string>, 'in'> &
    TextPattern & { readonly protocols: readonly string[] },
): EnvSetting<RedactedUrl> {
  const { protocols, pattern, ...others } = options;
  const named = protocols.join(' or ');
  const { expected = `a URL that begins with ${named}`, ...texts } = others;
  const begins = `^(?:${protocols.map(literal).join('|')})`;
  const narrowed = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`);
  function read(raw: string): Reading<RedactedUrl> {
    const protocol = protocols.find((each) => raw.startsWith(each));
    if (protocol === undefined) return refused(`it does not begin with ${named}`);
    if (!hasOnlyPrintable(raw)) return refused('it has a character that is not allowed, or is too long');
    if (!isAddress(raw, protocol) || !URL.canParse(raw)) return refused('what follows the protocol is no address');
    return narrowed?.test(raw) === false ? refused('it is not of this form') : { value: new RedactedUrl(raw) };
  }
  const kind: Kind<RedactedUrl> = {
    name: 'url',
    expected,
    read,
    show: String,
    quote: quoteUrl,
    inherited: false,
    jsonSchema: {
      type: 'string',
      pattern: pattern === undefined ? begins : `${begins.replace('^', '^(?=')})(?:${pattern})$`,
      maxLength: 2_000,
    },
    python: {
      kind: 'Url',
      type: 'RedactedUrl',
      options: pattern === undefined ? { protocols } : { protocols, pattern, description: expected },
    },
  };
  return setting<RedactedUrl, InEnvironment>(kind, texts);
}
