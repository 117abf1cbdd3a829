/** What `import-worker.ts` is told, as JSON in its first argument. */
export interface ImportSettings {
  readonly database:
    | { readonly file: string }
    | { readonly host: string; readonly port: number; readonly database: string; readonly user: string };
  readonly key: string;
  readonly lines: number;
  readonly linesPerCommit: number;
  readonly leaseMs: number;
  /** Between two commits. */
  readonly pauseMs?: number;
  /** Behind its first commit it does nothing until it is sent SIGUSR2, and then goes on whatever its signal says. */
  readonly waits?: boolean;
  /** How wrong its own clock is. */
  readonly clockErrorMs?: number;
  /** Tries again for as long as the error says that it can help. */
  readonly triesAgain?: boolean;
  /** Stops itself as Ctrl-Z does, inside the effect of this commit. */
  readonly stopsInCommit?: number;
  /** Leaves the table of the ledger and the lines to others. */
  readonly isMigrated?: boolean;
}

/** What it prints, a line for each. */
export type ImportEvent =
  | { readonly event: 'ready' }
  | { readonly event: 'commit'; readonly line: number }
  | {
      readonly event: 'end';
      readonly outcome: string;
      readonly result: unknown;
      readonly attempt: number;
      readonly rows: number;
    }
  | {
      readonly event: 'error';
      readonly code: string;
      readonly retryable: boolean;
      readonly retryAfterMs?: number;
    };
