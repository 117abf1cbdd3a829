/** The stable codes of a settings problem. */
export const problemCodes = {
  CFG_MISSING: 'a value that each environment states is not there',
  CFG_EMPTY: 'a variable is set to nothing',
  CFG_INVALID: 'a value is not of its kind',
  CFG_RANGE: 'a value is of its kind and outside its limits',
  CFG_RULE: 'two values are valid alone and not together',
  CFG_UNKNOWN: 'no setting declares this name',
  CFG_FILE: 'a configuration file cannot be read as one',
} as const;

/** One of the keys of {@link problemCodes}. */
export type ProblemCode = keyof typeof problemCodes;

/** One thing that is wrong with the settings, as data. */
export interface Problem {
  readonly code: ProblemCode;
  /** What is at fault: a variable, two variables, or a line of a file. */
  readonly name: string;
  /** The setting's label, `httpServer.port`. */
  readonly setting?: string;
  readonly got: string;
  readonly from?: string;
  readonly expected: string;
  readonly why: string;
  readonly fix: string;
  readonly retryable: boolean;
  readonly owner: string;
}
