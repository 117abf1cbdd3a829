import { format } from '@seaworthy/preset/oxfmt';
import { defineConfig } from 'oxfmt';

export default defineConfig(format);
