/** A program of `peers/` that loads the same twenty settings. */
export interface Program {
  readonly file: string;
  readonly title: string;
  /** The packages whose versions are named beside it. */
  readonly packages: readonly string[];
}

export const ours: Program = { file: 'ours.mjs', title: '`@seaworthy/defaults`', packages: [] };

/** The same program a second time: what stands between the two is noise. */
export const oursAgain: Program = { ...ours, title: 'the same again (noise)' };

export const zod: Program = { file: 'zod.mjs', title: 'zod', packages: ['zod'] };

export const programs: readonly Program[] = [
  ours,
  oursAgain,
  zod,
  { file: 't3-env-zod.mjs', title: 't3-env with zod', packages: ['@t3-oss/env-core', 'zod'] },
  { file: 't3-env-valibot.mjs', title: 't3-env with valibot', packages: ['@t3-oss/env-core', 'valibot'] },
  { file: 'envalid.mjs', title: 'envalid', packages: ['envalid'] },
  { file: 'convict.mjs', title: 'convict', packages: ['convict'] },
  { file: 'valibot.mjs', title: 'valibot', packages: ['valibot'] },
  { file: 'zod-mini.mjs', title: 'zod/mini (for information)', packages: ['zod'] },
  { file: 'by-hand.mjs', title: 'written by hand', packages: [] },
];
