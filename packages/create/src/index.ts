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
