import { rules } from './rules.js';

// Categories are off: what one brings changes with every release of the linter, and nobody chose it.
const categories = ['correctness', 'suspicious', 'pedantic', 'perf', 'style', 'restriction', 'nursery'];
const plugins = new Set(rules.flatMap(({ rule }) => (rule.includes('/') ? rule.split('/')[0] : [])));

const settings = {
  options: { typeAware: true },
  plugins: [...plugins],
  categories: Object.fromEntries(categories.map((category) => [category, 'off'])),
  env: { node: true, es2024: true },
  rules: Object.fromEntries(
    rules.map(({ rule, options }) => [rule, options === undefined ? 'error' : ['error', options]]),
  ),
  overrides: rules.flatMap(({ rule, offIn }) =>
    offIn === undefined ? [] : [{ files: offIn.files, rules: { [rule]: 'off' } }],
  ),
};

export const service = /** @type {import('oxlint').OxlintConfig} */ ({
  // One level down: oxlint refuses `typeAware` at the top of a configuration in a sub-folder, and takes it from an extended one.
  extends: [settings],
  // oxlint leaves node_modules out, but follows the links that workspaces and pnpm put in it.
  ignorePatterns: ['**/node_modules', '**/dist', '**/reports', '**/var', '**/vendor'],
});
