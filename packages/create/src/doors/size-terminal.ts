/** Gives a terminal a size that says it has none, as `script` does on a build server: prompts would show nothing there, and plop's spinner would never end. */
export function sizeTerminal(): void {
  for (const stream of [process.stdout, process.stderr].filter(({ isTTY }) => isTTY)) {
    stream.columns ||= 80;
    stream.rows ||= 24;
  }
}
