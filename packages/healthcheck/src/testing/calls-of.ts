import type { Health } from '../health.ts';
import { serve } from './serve.ts';

/** Runs work inside a request of its own and returns how many database calls it was counted with. */
export async function callsOf(health: Health, work: () => unknown): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const { get } = await serve(
    health.wrap((_request, response) => {
      const marks = health.current();
      Promise.resolve()
        .then(work)
        .then(() => resolve(marks?.databaseCalls ?? -1), reject)
        .finally(() => response.end());
    }),
  );
  await (await get('/')).text();
  return promise;
}
