/** A program of a folder `peers/` that answers the same requests as the others. */
export interface Program {
  readonly file: string;
  readonly title: string;
  /** The packages whose versions are named beside it. */
  readonly packages: readonly string[];
  /** The program whose cost is taken off. */
  readonly base: string;
}

/** How a program is started: its first line is the port that it listens on. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}
