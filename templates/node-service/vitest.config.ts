export { serviceTests as default } from '@seaworthy/preset/vitest';
