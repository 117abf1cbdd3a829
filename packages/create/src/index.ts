export { scaffold, type PlannedFileFacts, type ScaffoldOptions, type ScaffoldResult } from './scaffold.ts';
export {
  answersSchema,
  parseAnswers,
  toAnswersJsonSchema,
  type Answers,
  type AnswersInput,
} from './answers/answers.ts';
export { scaffoldErrorCodes, ScaffoldError, type ScaffoldErrorCode } from './errors.ts';
export { serviceGenerator, type PlopInterface, type ServiceGeneratorOptions } from './plop/service-generator.ts';
export { serviceJsonSchema, toServiceJsonSchema, type ServiceJson } from './service-json/schema.ts';
export { renderRunbook } from './service-json/render-runbook.ts';
export { renderChecklist } from './service-json/render-checklist.ts';
export { updateService, type UpdateOptions, type UpdateResult } from './update/update-service.ts';
export { abortUpdate, continueUpdate, type EndedUpdate, type EndOptions } from './update/end-update.ts';
export {
  updateCommand,
  updateExitCodes,
  type UpdateCommand,
  type UpdateCommandOptions,
  type UpdateOutput,
} from './update/update-command.ts';
export { checkService, type CheckedService, type CheckOptions, type CheckStatus } from './update/check-service.ts';
export type { ServiceComparison } from './update/compare-service.ts';
export type { Conflict } from './update/draft.ts';
export type { TemplateSource } from './update/installed-template.ts';
