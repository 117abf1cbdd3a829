import { service } from '@seaworthy/preset/oxlint';
import { defineConfig } from 'oxlint';

export default defineConfig({ extends: [service], ignorePatterns: ['dist'] });
