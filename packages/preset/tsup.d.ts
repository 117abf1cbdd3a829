import type { Options } from 'tsup';

/**
 * Bundles a library as one ES module per entry; declarations are left to `tsc -p tsconfig.build.json`.
 *
 * @example
 * ```ts
 * import { defineLibraryBundle } from '@seaworthy/preset/tsup';
 * const bundle = defineLibraryBundle({ minify: true });
 * if (bundle.dts !== false || !bundle.minify) throw new Error('the preset was lost');
 * ```
 */
export declare function defineLibraryBundle(overrides?: Options): Options;

/** `defineLibraryBundle()`, to be exported again as the whole configuration. */
export declare const libraryBundle: Options;
