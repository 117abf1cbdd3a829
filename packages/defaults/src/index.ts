export { cache } from './groups/cache.ts';
export { health } from './groups/health.ts';
export { httpClient } from './groups/http-client.ts';
export { httpServer } from './groups/http-server.ts';
export { jobs } from './groups/jobs.ts';
export { logging } from './groups/logging.ts';
export { postgres } from './groups/postgres.ts';
export { rollout } from './groups/rollout.ts';
export { uvicorn } from './groups/uvicorn.ts';
export { shippedGroups } from './groups/shipped-groups.ts';
export { serviceOwner } from './groups/service-owner.ts';

export { defineDefaults } from './declare/define-defaults.ts';
export { overrideDefaults, type OverriddenDefault } from './declare/override-defaults.ts';
export { DeclarationError } from './declare/declaration-error.ts';
export { bytes } from './kinds/bytes.ts';
export { count } from './kinds/count.ts';
export { duration } from './kinds/duration.ts';
export { flag } from './kinds/flag.ts';
export { oneOf } from './kinds/one-of.ts';
export { ratio } from './kinds/ratio.ts';
export { schema, type SchemaOptions } from './kinds/schema.ts';
export { secret, Secret } from './kinds/secret.ts';
export { text } from './kinds/text.ts';
export { url } from './kinds/url.ts';
export { RedactedUrl } from './kinds/redacted-url.ts';
export type { StandardSchema } from './kinds/standard-schema.ts';

export { loadSettings, type LoadedSettings, type LoadOptions } from './load/load-settings.ts';
export { serviceFiles, type StageFiles } from './load/sources.ts';
export { foreignNames } from './load/foreign-names.ts';
export { problemCodes, type Problem, type ProblemCode } from './errors/problem.ts';
export { describeProblem, SettingsError } from './errors/settings-error.ts';

export { describeSettings, type DescribedSetting, type SettingsDescription } from './documents/describe-settings.ts';
export { diffEnvironments, type Difference } from './documents/diff-environments.ts';
export { toEnvFile, type EnvFileOptions } from './documents/to-env-file.ts';
export { toJsonSchema, type JsonSchemaOptions } from './documents/to-json-schema.ts';
export { toMarkdown, type MarkdownOptions } from './documents/to-markdown.ts';
export { toPython } from './documents/to-python.ts';
export { verifySettings, type SettingsReport, type VerifyOptions } from './documents/verify-settings.ts';

export { toBullMq } from './adapters/to-bull-mq.ts';
export { toEntryLifetime } from './adapters/to-entry-lifetime.ts';
export { toFastify } from './adapters/to-fastify.ts';
export { toHealthCheck } from './adapters/to-health-check.ts';
export { toIoredis } from './adapters/to-ioredis.ts';
export { toNodeServer } from './adapters/to-node-server.ts';
export { toOpossum } from './adapters/to-opossum.ts';
export { toPg } from './adapters/to-pg.ts';
export { toPino } from './adapters/to-pino.ts';
export { toRoleStatements } from './adapters/to-role-statements.ts';
export { toUnderPressure } from './adapters/to-under-pressure.ts';
export { toUndici } from './adapters/to-undici.ts';

export type { Group, Groups, Settings, Values } from './declare/group.ts';
export type { JsonSchema } from './declare/json-schema.ts';
export type { InEnvironment, OnPlatform, Place, Platform } from './declare/place.ts';
export type { Operand, Rule, Term } from './declare/rule.ts';
export type {
  Defaulted,
  Deprecation,
  EnvSetting,
  PlatformSetting,
  Setting,
  SettingTexts,
  Texts,
} from './declare/setting.ts';
export type { Runtime, Stage } from './declare/stage.ts';
