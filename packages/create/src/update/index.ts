export { updateCommand, updateExitCodes, type UpdateCommand, type UpdateOutput } from './update-command.ts';
export { checkService, type CheckedService, type CheckOptions, type CheckStatus } from './check-service.ts';
