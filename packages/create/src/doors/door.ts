import { describeFlags, type RunFlags } from './flags.ts';

/** One way in: what is typed there, and what it takes for granted. */
export interface Door {
  /** What stands before the flags, as the user types it. */
  readonly command: string;
  /** A whole command that works. */
  readonly example: string;
  /** Answers that this door gives when nobody does. */
  readonly defaults: Readonly<Record<string, string | boolean>>;
  /** What stands below its flags in the help. */
  readonly remark?: string;
}

/** What was typed, understood. */
export type Request =
  | { readonly kind: 'help' }
  | { readonly kind: 'run'; readonly run: RunFlags; readonly input: Readonly<Record<string, unknown>> };

/** The help of a door: one line for each flag. */
export function helpText({ example, defaults, remark }: Door): string {
  const rows = describeFlags(defaults).map(([flag, description]) => `  ${flag.padEnd(16)}${description}`);
  return `Scaffolds a service with runbook, checklist and staging configuration.\n\n  ${example}\n\n${rows.join('\n')}\n${remark === undefined ? '' : `\n${remark}\n`}`;
}
