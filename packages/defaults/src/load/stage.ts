import { quoteText } from '../declare/quote-text.ts';
import { misspelt, nearest } from '../declare/nearest.ts';
import { stages, type Stage } from '../declare/stage.ts';
import type { Problem } from '../errors/problem.ts';

import type { Environment } from './sources.ts';

/** Reads `DEPLOY_ENVIRONMENT`, which has no default anywhere: nothing may guess that it is not production. */
export function readStage(env: Environment, owner: string): { stage: Stage } | { problem: Problem } {
  const raw = env['DEPLOY_ENVIRONMENT'];
  const stage = stages.find((candidate) => candidate === raw);
  if (stage !== undefined) return { stage };
  const near = nearest(raw ?? '', stages);
  const common = {
    name: 'DEPLOY_ENVIRONMENT',
    setting: 'deployEnvironment',
    expected: `one of ${stages.join(', ')}`,
    // No stage is proposed: followed on a production host, it would start with the defaults of a workstation.
    fix: near === undefined ? 'set DEPLOY_ENVIRONMENT to where this runs' : `DEPLOY_ENVIRONMENT=${near}`,
    retryable: false,
    owner,
  };
  if (raw === undefined) {
    const facts = { code: 'CFG_MISSING', got: 'nothing' } as const;
    const typed = Object.keys(env).find((name) => misspelt(name, ['DEPLOY_ENVIRONMENT']) !== undefined);
    if (typed === undefined)
      return { problem: { ...common, ...facts, why: 'nothing tells the service where it runs' } };
    const why = `${typed} is set, and nothing reads it`;
    return { problem: { ...common, ...facts, why, fix: `rename ${typed} to DEPLOY_ENVIRONMENT` } };
  }
  if (raw === '') {
    const why = 'an empty value is never taken for the default';
    return { problem: { ...common, code: 'CFG_EMPTY', got: 'an empty value', from: 'environment', why } };
  }
  const facts = { got: quoteText(raw), from: 'environment', why: 'it is not one of them' };
  return { problem: { ...common, code: 'CFG_INVALID', ...facts } };
}
