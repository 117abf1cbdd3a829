import type { Database } from '../database/tables.ts';
import { isPostgresError, lockNotAvailable } from '../driver-errors.ts';
import { problems } from '../problem.ts';

import type { AnswerStore, KeptAnswer, KeyedRequest } from './answer-store.ts';

/** Undoes the transaction of a request whose key another one has taken meanwhile. */
class KeyTaken extends Error {}

/**
 * Answers a request once for its key: what `work` does and the answer are one transaction, and the same request gets the
 * same answer again. Of two at the same time the second waits for the first.
 *
 * @throws {Problem} `idempotency_key_reused` for another body, `idempotency_key_in_use` when waiting for the key takes too long.
 */
export async function answerOnce(
  { database, answers }: { readonly database: Database; readonly answers: AnswerStore },
  request: KeyedRequest,
  work: (transaction: Database) => Promise<KeptAnswer>,
): Promise<{ readonly answer: KeptAnswer; readonly isReplayed: boolean }> {
  const replay = async () => {
    const found = await answers.find(database, request);
    if (found === 'another request') throw problems.idempotencyKeyReused();
    return found && { answer: found, isReplayed: true };
  };
  const known = await replay();
  if (known !== undefined) return known;
  try {
    const answer = await database.transaction().execute(async (transaction) => {
      const given = await work(transaction);
      if (!(await answers.keep(transaction, request, given).catch(keptElsewhere))) throw new KeyTaken();
      await answers.pruneNowAndThen(transaction);
      return given;
    });
    return { answer, isReplayed: false };
  } catch (error) {
    if (!(error instanceof KeyTaken)) throw error;
  }
  const taken = await replay();
  // It was kept a moment ago, and only a clock that jumped makes it too old already.
  if (taken === undefined) throw problems.idempotencyKeyInUse();
  return taken;
}

/** Only here it is the key that is waited for: what `work` waits for is another row. */
function keptElsewhere(error: unknown): never {
  throw isPostgresError(error) && error.code === lockNotAvailable ? problems.idempotencyKeyInUse() : error;
}
