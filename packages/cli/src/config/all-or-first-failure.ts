/** Waits for every command, so that none is left running when one fails; then fails as the first of them did. */
export async function allOrFirstFailure<T>(commands: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(commands);
  return Promise.all(commands);
}
