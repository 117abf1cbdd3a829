import { service } from '@seaworthy/preset/oxlint';

export default { extends: service.extends ?? [] };
