import { quoteText } from '../declare/quote-text.ts';

// `inspect.custom`, without loading node:util into every process.
const inspect = Symbol.for('nodejs.util.inspect.custom');

const printable = /^[\x21-\x7e]{1,2000}$/;
// After the protocol stands a host with a port and a path, or a path alone. The same expression stands in Python.
const address =
  /^(?:\/\/([^/?#]*@)?((?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:\/[^?#]*)?|\/+[^/?#][^?#]*)|((?!\/\/)\/?[^/?#@][^?#@]*))(\?[^#]*)?$/;

// It names nothing outside the process.
const inMemory = 'memory:';
const hidden = 'a text that is no URL (not shown, it may hold a password)';

export function hasOnlyPrintable(written: string): boolean {
  return printable.test(written);
}

// What names a file: a path may follow at once. Anything else needs its slashes and a host.
const pathProtocols = ['sqlite:', 'file:'];

function partsOf(written: string, protocol: string): RegExpExecArray | null {
  const parts = address.exec(written.slice(protocol.length));
  return parts?.[3] === undefined || pathProtocols.includes(protocol) ? parts : null;
}

/** Whether an address follows the protocol. */
export function isAddress(written: string, protocol: string): boolean {
  return written === inMemory || partsOf(written, protocol) !== null;
}

/**
 * A URL without its user name, password and query. Only what reads as a URL is shown: in anything else nobody knows
 * where the password stands.
 */
function redactUrl(written: string): string {
  if (written === inMemory) return written;
  const [protocol] = /^[A-Za-z][A-Za-z0-9+.-]*:/.exec(written) ?? [];
  const parts = protocol === undefined || !hasOnlyPrintable(written) ? null : partsOf(written, protocol);
  const [, user, host, path, query] = parts ?? [];
  // With an @ after a slash or a ? nobody knows whether a password with one in it stands there; a ; begins parameters.
  if (parts === null || /[@;]/.test(host ?? '') || query?.includes('@') === true) return hidden;
  const shown = host === undefined ? path : `//${user === undefined ? '' : '***:***@'}${host}`;
  return `${protocol}${shown}${query === undefined ? '' : '?***'}`;
}

/** A received text as an error may print it: quoted where it is a URL. */
export function quoteUrl(written: string): string {
  const shown = redactUrl(written);
  return shown === hidden ? hidden : quoteText(shown);
}

/**
 * A URL that every printer shows without user name, password and query; only `reveal()` and `toURL()` give it whole.
 *
 * @example
 * ```ts
 * import { RedactedUrl } from '@seaworthy/defaults';
 * const database = new RedactedUrl('postgres://app:hunter2@db.internal/orders');
 * if (`${database}${JSON.stringify({ database })}`.includes('hunter2')) throw new Error('it leaked');
 * if (database.reveal() !== 'postgres://app:hunter2@db.internal/orders') throw new Error('it was lost');
 * if (database.toURL().hostname !== 'db.internal') throw new Error('expected a URL');
 * ```
 */
export class RedactedUrl {
  readonly #written: string;

  constructor(written: string) {
    this.#written = written;
    Object.freeze(this);
  }

  /** The URL as it was written, password included. */
  reveal(): string {
    return this.#written;
  }

  /** A new URL each time, so that nobody changes the setting of another. */
  toURL(): URL {
    return new URL(this.#written);
  }

  toString(): string {
    return redactUrl(this.#written);
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect](): string {
    return this.toString();
  }
}
