/** Where a command prints: `process.stdout` is one. */
export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** The answer goes to `stdout`, everything about the way there to `stderr`. */
export interface Output {
  readonly stdout: Screen;
  readonly stderr: Screen;
}

export function writeJson(screen: Screen, value: unknown): void {
  screen.write(`${JSON.stringify(value, null, 2)}\n`);
}
