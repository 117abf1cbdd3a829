import type { OxlintConfig } from 'oxlint';

/**
 * Lint settings for a backend service: the rules of `@seaworthy/preset/rules`, all errors, nothing else.
 *
 * Rules that need types are on without a flag, and need `oxlint-tsgolint`: where it is missing, oxlint fails.
 *
 * @example
 * ```ts
 * import { service } from '@seaworthy/preset/oxlint';
 * const yours = { ...service, rules: { 'no-console': 'off' } };
 * if (yours.extends?.[0]?.options?.typeAware !== true) throw new Error('rules that need types are off');
 * ```
 */
export declare const service: OxlintConfig;
