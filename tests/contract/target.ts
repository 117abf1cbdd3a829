/** What a service serves of the contract health/1; the form before it knows neither jobs nor deployments. */
export type Served = 'probes and document' | 'all of health/1';

/** A service that is held to the contract. */
export interface Target {
  readonly name: string;
  /** Holds its service.json. */
  readonly directory: string;
  readonly serves: Served;
}

/** What the template of a language serves, and every service that was made from it. */
export const servedIn: Readonly<Record<'node' | 'python', Served>> = {
  node: 'all of health/1',
  python: 'all of health/1',
};

/** Whose health is told what jobs in other processes did. */
export const hearsOfJobs: Readonly<Record<'node' | 'python', boolean>> = { node: true, python: false };
