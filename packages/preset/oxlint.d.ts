import type { OxlintConfig } from 'oxlint';

/**
 * Lint rules for a backend service: promises, `any`, exhaustive switches, import cycles, console and unused code are errors.
 *
 * Run oxlint with `--type-aware`; without it the typed rules are silently skipped.
 *
 * @example
 * ```ts
 * import { service } from '@seaworthy/preset/oxlint';
 * if (service.rules?.['typescript/no-floating-promises'] === undefined) throw new Error('the rule is gone');
 * ```
 */
export declare const service: OxlintConfig;
