export { httpServer } from './groups/http-server.ts';
export { logging } from './groups/logging.ts';
export { serviceOwner } from './groups/service-owner.ts';

export { defineDefaults } from './declare/define-defaults.ts';
export { DeclarationError } from './declare/declaration-error.ts';
export { bytes } from './kinds/bytes.ts';
export { count } from './kinds/count.ts';
export { duration } from './kinds/duration.ts';
export { oneOf } from './kinds/one-of.ts';
export { secret, Secret } from './kinds/secret.ts';
export { text } from './kinds/text.ts';
export { url } from './kinds/url.ts';

export { loadSettings, type LoadedSettings, type LoadOptions } from './load/load-settings.ts';
export { serviceFiles, type StageFiles } from './load/sources.ts';
export { problemCodes, type Problem, type ProblemCode } from './errors/problem.ts';
export { SettingsError } from './errors/settings-error.ts';

export { describeSettings, type SettingsDescription } from './documents/describe-settings.ts';
export { toEnvFile, type EnvFileOptions } from './documents/to-env-file.ts';
export { toMarkdown, type MarkdownOptions } from './documents/to-markdown.ts';
export { toPython } from './documents/to-python.ts';

export { toNodeServer } from './adapters/to-node-server.ts';
export { toPino } from './adapters/to-pino.ts';

export type { Group, Groups, Settings, Values } from './declare/group.ts';
export type { Rule } from './declare/rule.ts';
export type { Defaulted, Setting, SettingTexts } from './declare/setting.ts';
export type { Runtime, Stage } from './declare/stage.ts';
