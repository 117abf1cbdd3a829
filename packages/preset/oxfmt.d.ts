import type { OxfmtConfig } from 'oxfmt';

/**
 * Format settings for a backend service: 120 columns, single quotes, Markdown left as it is written.
 *
 * @example
 * ```ts
 * import { format } from '@seaworthy/preset/oxfmt';
 * if (format.printWidth !== 120) throw new Error('the width changed');
 * ```
 */
export declare const format: OxfmtConfig & { ignorePatterns: string[] };
