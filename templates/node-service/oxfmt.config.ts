export { format as default } from '@seaworthy/preset/oxfmt';
