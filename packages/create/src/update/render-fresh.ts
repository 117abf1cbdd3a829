import { parseAnswers, type Answers } from '../answers/answers.ts';
import { vendoredPackages } from '../disk/vendored-packages.ts';
import { ScaffoldError, updateError } from '../errors.ts';
import { planService } from '../plan/plan-service.ts';
import { readTemplate, type FileTree } from '../plan/template.ts';
import { migrateAnswers } from '../state/answer-migrations.ts';
import { stateFile, type ServiceState } from '../state/state.ts';

import type { InstalledTemplate } from './installed-template.ts';

/** New questions have no prompt here: whoever runs the update writes their answers into the record. */
function answersOf(state: ServiceState): Answers {
  try {
    return parseAnswers(migrateAnswers(state.answers, state.answersVersion));
  } catch (error) {
    if (!(error instanceof ScaffoldError)) throw error;
    const mend = `write it under "answers" of ${stateFile}, then try again`;
    throw updateError('UPDATE_STATE', [...error.problems, mend], { cause: error });
  }
}

/** Renders a service with these answers as the installed template would write it today, on the terms of its record. */
export async function renderService(
  answers: Answers,
  { template, rendering }: ServiceState,
  { archive, vendorDirectory, version }: InstalledTemplate,
): Promise<FileTree> {
  return planService({
    answers,
    template: readTemplate(archive, template),
    engineVersion: version,
    tagPrefix: rendering.tagPrefix,
    ...(await vendoredPackages(answers.language, vendorDirectory)),
    bundleNode: rendering.bundleNode,
  });
}

/**
 * Renders the service as the installed template would write it today, with the answers it was made with.
 *
 * @throws {ScaffoldError} `UPDATE_STATE`, naming everything the recorded answers lack at once.
 */
export async function renderFresh(state: ServiceState, installed: InstalledTemplate): Promise<FileTree> {
  return renderService(answersOf(state), state, installed);
}
