/** The commands of the `sh` blocks of a Markdown text, one for each line. */
export function shellCommands(markdown: string): string[] {
  return [...markdown.matchAll(/^```sh\n([^]*?)^```$/gm)]
    .flatMap(([, block = '']) => block.split('\n'))
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.replace(/ &&$/, ''));
}

/** A command without the variables set in front of it. */
export function withoutAssignments(command: string): string {
  return command.replace(/^([A-Z_]+=("[^"]*"|\S*)( +|$))+/, '');
}
