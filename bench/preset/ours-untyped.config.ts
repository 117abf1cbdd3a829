import { service } from '@seaworthy/preset/oxlint';
import { rules } from '@seaworthy/preset/rules';

const typed = rules.flatMap(({ rule, typed: needsTypes }) => (needsTypes === true ? [[rule, 'off'] as const] : []));

export default { extends: service.extends ?? [], options: { typeAware: false }, rules: Object.fromEntries(typed) };
