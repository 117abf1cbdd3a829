import { changeClauses, unchangedStrata } from './change-clauses.ts';
import type { DeployVerdict } from './deploy-verdict.ts';
import type { Missing } from './find-missing.ts';
import { fixed, grouped, percent, timeOfDay } from './format-numbers.ts';
import { fewestPlacebos } from './placebo-history.ts';
import { stratumName } from './stratum-names.ts';
import { wouldHaveShown } from './would-have-shown.ts';

type Found = Omit<DeployVerdict, 'sentence'>;

interface About {
  readonly releaseId: string;
  readonly missing: Missing | undefined;
}

/** The verdict for people. It says what was seen, never that all is well. */
export function sentenceOf(found: Found, about: About): string {
  const { verdict, preliminary, collecting, numbers } = found;
  if (collecting !== undefined) {
    return `Collecting: the first reading is due at ${timeOfDay(collecting.firstReadingMinute)}. Until then no change would have shown.`;
  }
  const clauses = changeClauses(numbers);
  const unchanged = clauses.length > 0 && verdict !== 'no change seen' ? unchangedStrata(numbers) : '';
  const parts = [...opening(found, about), ...clauses, unchanged, cacheLine(found), wouldHaveShown(found)];
  const text = parts.filter((part) => part !== '').join(' ');
  if (!preliminary) return text;
  return `Preliminary, with ${numbers.comparisons} of ${fewestPlacebos} earlier comparisons: ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function opening({ verdict, numbers }: Found, { releaseId, missing }: About): string[] {
  if (verdict === 'not enough data') {
    const next = numbers.nextReadingMinute;
    const then = next === null ? 'that was the last reading' : `next reading ${timeOfDay(next)}`;
    return [`Not enough data: ${missing === undefined ? '' : reason(missing, numbers)}; ${then}.`];
  }
  if (verdict !== 'no change seen') return [];
  const better = numbers.tests.some(({ changed }) => changed);
  const counted = `${numbers.readAfterMinutes} min, ${grouped(numbers.after.requests)} requests`;
  return [`No change${better ? ' for the worse' : ''} seen since ${releaseId} (${counted}).`];
}

function reason(missing: Missing, numbers: Found['numbers']): string {
  switch (missing.what) {
    case 'minutes':
      return `${missing.have} of ${missing.needed} minutes ${missing.side === 'before' ? 'before' : 'since'} the deployment`;
    case 'cache status':
      return `no cache status on ${percent(missing.after)} % of requests, ${percent(missing.before)} % before`;
    case 'stratum': {
      const { short } = stratumName(missing.stratum, numbers);
      const unit = missing.unit === 'minutes' ? `minutes with ${short}` : short;
      return `${grouped(missing.have)} of ${missing.needed} ${unit}`;
    }
  }
}

/** The hit ratio has a line of its own: it is never counted as a change of speed. */
function cacheLine({ numbers }: Found): string {
  const [before, after] = [numbers.before.hitRatio, numbers.after.hitRatio];
  if (before === null || after === null || fixed(before * 100, 0) === fixed(after * 100, 0)) return '';
  const warming = after < before && numbers.after.hitRatioRises ? ', still warming' : '';
  return `Cache ${fixed(before * 100, 0)} → ${fixed(after * 100, 0)} %${warming}.`;
}
