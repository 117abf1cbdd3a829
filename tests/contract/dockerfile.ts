import { readFileSync } from 'node:fs';

import { DockerfileParser, type Flag, type Instruction as Parsed } from 'dockerfile-ast';

/** One instruction of a Dockerfile, with its variables filled in. */
export interface Instruction {
  readonly keyword: string;
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, string | null>>;
  /** The program and its arguments, where they are written as a list and no shell comes in between. */
  readonly exec: readonly string[] | undefined;
}

/** What is built from one FROM: the instructions after it, and the image that it names. */
export interface Stage {
  readonly image: string;
  readonly instructions: readonly Instruction[];
}

function flagsOf(parsed: Parsed): Record<string, string | null> {
  // Only instructions that can be modified have flags.
  const flags = 'getFlags' in parsed ? (parsed.getFlags as () => Flag[]).call(parsed) : [];
  return Object.fromEntries(flags.map((flag) => [flag.getName(), flag.getValue()]));
}

function execOf(parsed: Parsed): readonly string[] | undefined {
  const list = parsed.getArgumentsContent()?.replace(/^CMD\s+/, '') ?? '';
  return list.startsWith('[') ? (JSON.parse(list) as string[]) : undefined;
}

/** Reads the stages of a Dockerfile, in their order. */
export function readStages(file: string): readonly Stage[] {
  const stages: { image: string; instructions: Instruction[] }[] = [];
  for (const parsed of DockerfileParser.parse(readFileSync(file, 'utf8')).getInstructions()) {
    const words = parsed.getExpandedArguments().map((argument) => argument.getValue());
    const keyword = parsed.getKeyword();
    if (keyword === 'FROM') stages.push({ image: words[0] ?? '', instructions: [] });
    else stages.at(-1)?.instructions.push({ keyword, words, flags: flagsOf(parsed), exec: execOf(parsed) });
  }
  return stages;
}
