/** One number of a benchmark; `goal` is what it should be, such as `<= 0.15`, where it has one. */
export interface Figure {
  readonly key: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: string;
}

/** What a benchmark found: its figures, and the tables and remarks that explain them, in Markdown. */
export interface Findings {
  readonly figures: readonly Figure[];
  readonly explanation: string;
}

/** A benchmark of the registry in `run.ts`, named by its folder. */
export interface Benchmark {
  readonly name: string;
  /** What it answers, in one line. */
  readonly question: string;
  /** Measures; `say` tells the person in front of it how far it is. */
  readonly run: (say: (line: string) => void) => Findings | Promise<Findings>;
}
