export { run } from './run.ts';
export { openService, type Service } from './service/open-service.ts';
export { CommandError, commandErrorCodes, exitCodes, type CommandErrorCode } from './errors.ts';
export type { Output, Screen } from './output/screen.ts';
