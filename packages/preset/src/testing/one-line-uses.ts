/** A tool that is configured by one line, a fault it must find, and a line that overrides the preset so that the fault is accepted. */
export interface OneLineUse {
  readonly tool: string;
  readonly config: string;
  readonly line: string;
  readonly override: string;
  /** Run on the whole project. */
  readonly command: readonly string[];
  readonly fault: {
    readonly file: string;
    readonly text: string;
    /** Run on the fault alone. */
    readonly command: readonly string[];
    readonly says: string;
  };
}

const include = '"include": ["src", "tests", "*.config.ts"]';

/** The uses of the README, as a service has them. */
export const oneLineUses: readonly OneLineUse[] = [
  {
    tool: 'oxlint',
    config: 'oxlint.config.ts',
    line: "export { service as default } from '@seaworthy/preset/oxlint';",
    override:
      "import { service } from '@seaworthy/preset/oxlint';\n\nexport default { ...service, rules: { 'typescript/no-floating-promises': 'off' } };",
    command: ['oxlint', '--deny-warnings'],
    fault: {
      file: 'src/fault.ts',
      text: 'export function place(save: () => Promise<void>): void {\n  save();\n}\n',
      command: ['oxlint', 'src/fault.ts'],
      says: 'no-floating-promises',
    },
  },
  {
    tool: 'oxfmt',
    config: 'oxfmt.config.ts',
    line: "export { format as default } from '@seaworthy/preset/oxfmt';",
    override: "import { format } from '@seaworthy/preset/oxfmt';\n\nexport default { ...format, singleQuote: false };",
    command: ['oxfmt', '--check', 'src', 'tests'],
    fault: {
      file: 'src/fault.ts',
      text: 'export const state = "open";\n',
      command: ['oxfmt', '--check', 'src/fault.ts'],
      says: 'Format issues found',
    },
  },
  {
    tool: 'TypeScript',
    config: 'tsconfig.json',
    line: `{ "extends": "@seaworthy/preset/tsconfig.json", ${include} }`,
    override: `{ "extends": "@seaworthy/preset/tsconfig.json", ${include}, "compilerOptions": { "noUncheckedIndexedAccess": false } }`,
    command: ['tsc', '--noEmit'],
    fault: {
      file: 'src/fault.ts',
      text: 'export const first = (names: readonly string[]): string => names[0];\n',
      command: ['tsc', '--noEmit'],
      says: 'TS2322',
    },
  },
  {
    tool: 'vitest',
    config: 'vitest.config.ts',
    line: "export { serviceTests as default } from '@seaworthy/preset/vitest';",
    override:
      "import { defineServiceTests } from '@seaworthy/preset/vitest';\n\nexport default defineServiceTests({ test: { expect: { requireAssertions: false } } });",
    command: ['vitest', 'run'],
    fault: {
      file: 'tests/integration/fault.test.ts',
      text: "import { it } from 'vitest';\n\nit('is empty', () => {});\n",
      command: ['vitest', 'run', '--project', 'integration'],
      says: 'expected any number of assertion',
    },
  },
];

/** The bundler finds no faults: its use is tried by what it writes. */
export const bundleUse = {
  config: 'tsup.config.ts',
  line: "export { libraryBundle as default } from '@seaworthy/preset/tsup';",
  override:
    "import { defineLibraryBundle } from '@seaworthy/preset/tsup';\n\nexport default defineLibraryBundle({ format: ['cjs'] });",
} as const;
