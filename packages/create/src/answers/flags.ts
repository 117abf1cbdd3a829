import { answersSchema, flagOf } from './answers.ts';

/** True for an answer that is on unless its flag switches it off. */
export function isSwitch(answer: string): boolean {
  return answer === 'git';
}

/** What stands after the two dashes: `on-call`, and `no-git` for a switch. */
export function argumentOf(answer: string): string {
  return isSwitch(answer) ? `no-${answer}` : flagOf(answer).slice(2);
}

/** The answer that each flag gives, by what stands after its dashes. */
export const argumentsOfAnswers: ReadonlyMap<string, string> = new Map(
  Object.keys(answersSchema.shape).map((answer) => [argumentOf(answer), answer]),
);
