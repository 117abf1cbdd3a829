import { parseAnswers } from '../answers/answers.ts';
import { vendoredPackages } from '../disk/vendored-packages.ts';
import { publishedPackages } from '../plan/our-packages.ts';
import { planService } from '../plan/plan-service.ts';
import { readTemplate, type FileTree } from '../plan/template.ts';
import { migrateAnswers } from '../state/answer-migrations.ts';
import type { ServiceState } from '../state/state.ts';

import type { InstalledTemplate } from './installed-template.ts';

/**
 * Renders the service as the installed template would write it today, with the answers it was made with.
 *
 * @throws {ScaffoldError} `SCAFFOLD_ANSWERS`, naming everything the recorded answers lack at once.
 */
export async function renderFresh(state: ServiceState, installed: InstalledTemplate): Promise<FileTree> {
  const answers = parseAnswers(migrateAnswers(state.answers, state.answersVersion));
  const { archive, vendorDirectory, version } = installed;
  const ours =
    answers.language === 'node' && vendorDirectory !== undefined
      ? await vendoredPackages(vendorDirectory)
      : publishedPackages(version);
  return planService({
    answers,
    template: await readTemplate(archive, state.template),
    engineVersion: version,
    tagPrefix: state.rendering.tagPrefix,
    ourPackages: ours.locations,
    vendored: ours.tarballs,
    bundleNode: state.rendering.bundleNode,
  });
}
