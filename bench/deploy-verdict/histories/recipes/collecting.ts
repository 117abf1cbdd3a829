import { deployedAtMinute, type Recipe } from '../recipe.ts';

const usual = { seed: 7, historyMinutes: 120, expected: 'not enough data' } as const;

export const collecting: readonly Recipe[] = [
  { ...usual, name: 'collecting-first-minutes', about: 'Five minutes after the deployment.', afterMinutes: 5 },
  {
    ...usual,
    name: 'collecting-a-minute-of-tolerance',
    about: 'Ten minutes after the deployment, a process whose clock is late has not written its last minute yet.',
    afterMinutes: 10,
    input: { nowMinute: deployedAtMinute + 10 },
  },
  {
    ...usual,
    name: 'collecting-before-the-deployment',
    about: 'By the clock that asks, the deployment lies in the future.',
    afterMinutes: 0,
    input: { nowMinute: deployedAtMinute - 2 },
  },
  {
    ...usual,
    name: 'collecting-one-late-reading',
    about: 'It was agreed to look once, after an hour.',
    change: { missFactor: 3 },
    afterMinutes: 45,
    input: { readAfterMinutes: [60] },
  },
  {
    ...usual,
    name: 'collecting-whatever-shows',
    about: 'Eight minutes in which every request fails are no reading yet; the four answers say so by themselves.',
    change: { errorFactor: 1e9 },
    afterMinutes: 8,
  },
];
