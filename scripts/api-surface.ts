import { readFileSync } from 'node:fs';
import path from 'node:path';

import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

import type { GeneratedFile } from './generated.ts';
import { publishedPackages, type PublishedPackage } from './published-packages.ts';

const repository = path.resolve(import.meta.dirname, '..');

/** Declarations without their comments: a better sentence is no change of what a program may rely on. */
export function withoutComments(declarations: string): string {
  return declarations
    .replaceAll(
      /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")|\/\*[^]*?\*\/|\/\/.*/g,
      (_match, text?: string) => text ?? '',
    )
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{2,}/g, '\n')
    .trim();
}

/** What one entry point declares, with every type that a declaration of it names. */
async function declarationsOf(file: string): Promise<string> {
  const bundle = await rolldown({
    input: file,
    // The plugin only joins what tsc has emitted and compiles nothing, so that it does not know TypeScript 7 does not matter.
    plugins: [dts({ dtsInput: true, tsconfig: false, sourcemap: false })],
    external: (id) => !id.startsWith('.') && !path.isAbsolute(id),
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return withoutComments(output[0].code);
}

/** The public surface of a built package: its programs, its entry points, and what each declares. */
export async function apiSurface({ directory, manifest }: PublishedPackage): Promise<string> {
  const sections: string[] = [];
  for (const [entry, target] of Object.entries(manifest.exports)) {
    const title = `## \`${path.posix.join(manifest.name, entry)}\``;
    if (target === './package.json') continue;
    if (typeof target === 'string') {
      const text = readFileSync(path.join(directory, target), 'utf8');
      sections.push(`${title}\n\n\`\`\`json\n${text.trimEnd()}\n\`\`\``);
    } else {
      // One after the other: the order of the output must not depend on which bundle is done first.
      const declarations = await declarationsOf(path.join(directory, target.types));
      sections.push(`${title}\n\n\`\`\`typescript\n${declarations}\n\`\`\``);
    }
  }
  const programs = Object.keys(manifest.bin ?? {}).map((name) => `- the program \`${name}\``);
  return [
    `# The public surface of ${manifest.name}`,
    'Generated from the declarations of the build by `npm run fix`. A line that changes here changes what a program may rely on: say so in the changeset.',
    ...(programs.length === 0 ? [] : [programs.join('\n')]),
    ...sections,
  ].join('\n\n');
}

/** The committed surface of every published package. */
export async function apiSurfaces(): Promise<GeneratedFile[]> {
  const files: GeneratedFile[] = [];
  for (const published of publishedPackages()) {
    const file = path.join(repository, 'docs/api', `${published.folder}.md`);
    files.push({ file, contents: `${await apiSurface(published)}\n` });
  }
  return files;
}
