import { confirm, isCancel, select, text, updateSettings } from '@clack/prompts';

import { answerNames, answersSchema, defaultOf, type AnswerName } from '../answers/answers.ts';
import { ScaffoldError } from '../errors.ts';

import { sizeTerminal } from './size-terminal.ts';

type Given = Readonly<Record<string, unknown>>;

/** What an answer is when the user only presses Enter. */
function fallbackOf(name: AnswerName, answers: Given, defaults: Given): string | boolean | undefined {
  if (name === 'onCall') return answers['owner'] as string;
  return (defaults[name] as string | boolean | undefined) ?? defaultOf(name);
}

function whyRefused(name: AnswerName, value: unknown): string | undefined {
  return answersSchema.shape[name].safeParse(value).error?.issues[0]?.message;
}

function askOne(name: AnswerName, fallback: string | boolean | undefined): Promise<unknown> {
  const { description = name } = answersSchema.shape[name];
  const message = `${description.charAt(0).toUpperCase()}${description.slice(1)}`;
  if (name === 'language') {
    const options = answersSchema.shape.language.options.map((value) => ({ value, label: value }));
    return select({ message, options });
  }
  if (typeof fallback === 'boolean') return confirm({ message: `${message}?`, initialValue: fallback });
  return text({
    message,
    ...(fallback === undefined ? {} : { placeholder: fallback, defaultValue: fallback }),
    validate: (value) => (fallback !== undefined && !value ? undefined : whyRefused(name, value ?? '')),
  });
}

/**
 * Asks on the terminal for every answer that is not given yet, with its default shown.
 *
 * @throws {ScaffoldError} `SCAFFOLD_CANCELLED` on Ctrl-C, Ctrl-D or Escape.
 */
export async function askAnswers(given: Given, defaults: Given): Promise<Record<string, unknown>> {
  sizeTerminal();
  // Without this the end of input would leave the question open for ever.
  updateSettings({ aliases: { '\u0004': 'cancel' } });
  const answers: Record<string, unknown> = { ...given };
  for (const name of answerNames.filter((each) => given[each] === undefined)) {
    const answer = await askOne(name, fallbackOf(name, answers, defaults));
    if (isCancel(answer))
      throw new ScaffoldError('SCAFFOLD_CANCELLED', ['stopped at a question; trying again is safe'], {
        signal: 'SIGINT',
      });
    answers[name] = answer;
  }
  return answers;
}
