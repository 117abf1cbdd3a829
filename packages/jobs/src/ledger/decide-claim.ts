import type { Claim, ClaimAnswer } from './job-store.ts';

/** A row of the ledger, as far as a claim is decided by it. */
export interface LedgerRow {
  readonly inputHash: string;
  readonly state: string;
  readonly attempt: number;
  readonly holder: string;
  readonly leaseUntilMs: number;
  readonly cursor: string | null;
  readonly rowCount: number;
  readonly result: string | null;
  readonly keepUntilMs: number | null;
}

/** What a claim finds in the ledger; `claimed` still has to be written. */
export function decideClaim(row: LedgerRow | undefined, claim: Claim, nowMs: number): ClaimAnswer {
  const isOver = row?.state === 'finished' && row.keepUntilMs !== null && row.keepUntilMs <= nowMs;
  if (row === undefined || isOver) return { kind: 'claimed', attempt: 1, rowCount: 0, cursor: null };
  const { attempt, rowCount, holder, leaseUntilMs, cursor, inputHash, result } = row;
  if (inputHash !== claim.inputHash) return { kind: 'input changed', attempt, rowCount, inputHash };
  if (row.state === 'finished') return { kind: 'finished', attempt, rowCount, result: result ?? 'null' };
  if (row.state === 'running' && leaseUntilMs > nowMs)
    return { kind: 'running', attempt, rowCount, holder, leaseUntilMs, nowMs };
  return { kind: 'claimed', attempt: attempt + 1, rowCount, cursor };
}
