import type { Answers } from '../answers/answers.ts';

import type { FileTree } from './template.ts';

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Every form in which the templates write their improbable name, and what stands there instead. */
export function wordForms({ name, owner }: Pick<Answers, 'name' | 'owner'>): readonly (readonly [string, string])[] {
  const words = name.split('-');
  return [
    ['marlin-service', name],
    ['marlin_service', words.join('_')],
    ['MARLIN_SERVICE', words.join('_').toUpperCase()],
    ['MarlinService', words.map(capitalised).join('')],
    ['Marlin Service', words.map(capitalised).join(' ')],
    ['marlin-team', owner],
  ];
}

function isText(contents: Buffer): boolean {
  return !contents.includes(0) && Buffer.from(contents.toString('utf8'), 'utf8').equals(contents);
}

/** Most files have none of the forms: one look is cheaper than decoding and six searches. */
function hasForm(contents: Buffer): boolean {
  return /marlin/i.test(contents.toString('latin1'));
}

/** Replaces the forms in paths and in text; a file that is no UTF-8 text is kept as it is. */
export function replaceWords(files: FileTree, forms: ReturnType<typeof wordForms>): FileTree {
  const replaced = (text: string) => forms.reduce((result, [from, to]) => result.replaceAll(from, to), text);
  return new Map(
    [...files].map(([path, file]) => [
      replaced(path),
      hasForm(file.contents) && isText(file.contents)
        ? { ...file, contents: Buffer.from(replaced(file.contents.toString('utf8'))) }
        : file,
    ]),
  );
}
