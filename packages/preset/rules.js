import { conditions } from './rules/conditions.js';
import { errors } from './rules/errors.js';
import { modules } from './rules/modules.js';
import { names } from './rules/names.js';
import { promises } from './rules/promises.js';
export { ruffFamilies } from './rules/ruff.js';
import { tests } from './rules/tests.js';
import { types } from './rules/types.js';
import { values } from './rules/values.js';

/** @type {readonly import('./rules.js').RuleTopic[]} */
export const ruleTopics = [promises, errors, types, values, conditions, names, modules, tests];

export const rules = ruleTopics.flatMap((topic) => topic.rules);
