import { defineConfig } from 'oxlint';

import { service } from './oxlint.js';

export default defineConfig({ extends: [service], ignorePatterns: ['fixtures'] });
