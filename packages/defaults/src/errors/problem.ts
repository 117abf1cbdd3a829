/** The stable codes of a settings problem. */
export const problemCodes = {
  CFG_MISSING: 'a value that each environment states is not there',
  CFG_EMPTY: 'a variable is set to nothing',
  CFG_INVALID: 'a value is not of its kind',
  CFG_RANGE: 'a value is of its kind and outside its limits',
  CFG_RULE: 'values are valid alone and not together',
  CFG_UNKNOWN: 'no setting declares this name',
  CFG_FILE: 'a configuration file cannot be read as one',
  CFG_SOURCE: 'the file a NAME_FILE variable names cannot be read yet; the only code where a retry can help',
  CFG_TWICE: 'a variable and its NAME_FILE are both set',
  CFG_SHARED: 'staging states the same address or secret as production without saying why',
  CFG_EXPOSED: 'a secret stands in a configuration file',
  CFG_UNDOCUMENTED: 'a value differs from a default or from production, and no comment says why',
} as const;

/** One of the keys of {@link problemCodes}. */
export type ProblemCode = keyof typeof problemCodes;

/** One thing that is wrong with the settings, as data. */
export interface Problem {
  readonly code: ProblemCode;
  /** What is at fault: a variable, the settings of a rule, or a line of a file. */
  readonly name: string;
  /** The setting's label, `httpServer.port`, or the group of a rule. */
  readonly setting?: string;
  readonly got: string;
  readonly from?: string;
  readonly expected: string;
  readonly why: string;
  readonly fix: string;
  readonly retryable: boolean;
  readonly owner: string;
}
