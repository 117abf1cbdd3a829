/** The stages a service runs in, as `DEPLOY_ENVIRONMENT` names them. */
export const stages = ['development', 'test', 'staging', 'production'] as const;

/** One of {@link stages}. */
export type Stage = (typeof stages)[number];

/** The stages whose defaults may differ; what staging changes stands in its own file alone. */
export type LocalStage = Extract<Stage, 'development' | 'test'>;

/** The languages a shipped setting has an effect in. */
export type Runtime = 'node' | 'python';
