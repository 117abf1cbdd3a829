/** Carries what an effect threw through the rollback, apart from what the ledger's own statements throw. */
export class EffectFailed extends Error {
  override readonly name = 'EffectFailed';
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    super('an effect failed');
    this.thrown = thrown;
  }
}
