import { defineConfig } from 'tsup';

/** @param {import('tsup').Options} overrides */
export function defineLibraryBundle(overrides = {}) {
  return defineConfig({
    entry: ['src/index.ts'],
    format: ['esm'],
    target: 'node22',
    sourcemap: true,
    clean: true,
    // tsup 9 cannot read declarations with TypeScript 7: `tsc -p tsconfig.build.json` emits them after the bundle.
    dts: false,
    ...overrides,
  });
}

export const libraryBundle = defineLibraryBundle();
