import { quoteText } from '../declare/quote-text.ts';
import { nearest } from '../declare/nearest.ts';
import { stages, type Stage } from '../declare/stage.ts';
import type { Problem } from '../errors/problem.ts';

import type { Environment } from './sources.ts';

/** Reads `DEPLOY_ENVIRONMENT`, which has no default anywhere: nothing may guess that it is not production. */
export function readStage(env: Environment, owner: string): { stage: Stage } | { problem: Problem } {
  const raw = env['DEPLOY_ENVIRONMENT'];
  const stage = stages.find((candidate) => candidate === raw);
  if (stage !== undefined) return { stage };
  const common = {
    name: 'DEPLOY_ENVIRONMENT',
    setting: 'deployEnvironment',
    expected: `one of ${stages.join(', ')}`,
    fix: `DEPLOY_ENVIRONMENT=${nearest(raw ?? '', stages) ?? 'development'}`,
    retryable: false,
    owner,
  };
  if (raw === undefined) {
    return {
      problem: { ...common, code: 'CFG_MISSING', got: 'nothing', why: 'nothing tells the service where it runs' },
    };
  }
  if (raw === '') {
    const why = 'an empty value is never taken for the default';
    return { problem: { ...common, code: 'CFG_EMPTY', got: 'an empty value', from: 'environment', why } };
  }
  const facts = { got: quoteText(raw), from: 'environment', why: 'it is not one of them' };
  return { problem: { ...common, code: 'CFG_INVALID', ...facts } };
}
