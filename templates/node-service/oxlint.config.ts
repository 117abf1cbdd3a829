export { service as default } from '@seaworthy/preset/oxlint';
