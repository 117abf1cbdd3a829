import { platforms } from './place.ts';
import { isEnvSetting, writtenDefault, type Setting } from './setting.ts';
import { stages } from './stage.ts';

const texts = ['owner', 'reason', 'expect', 'rollback'] as const;

// Texts stand in table cells and in comments of .env files, where systemd joins a line that ends with a backslash to the next.
function isOneLine(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && !/[\r\n|]|\\$/.test(value);
}

function* wrongTexts(label: string, setting: Setting<unknown>): Generator<string> {
  const stated = texts.map((text): [string, unknown] => [text, setting[text]]);
  for (const [text, value] of [...stated, ...Object.entries(setting.deprecated ?? {})]) {
    if (!isOneLine(value)) {
      yield `${label}: expected ${text} to be one line of text without "|" or a backslash at its end, got ${JSON.stringify(value)}`;
    }
  }
}

function* wrongDefaults(label: string, setting: Setting<unknown>): Generator<string> {
  if (!setting.kind.inherited && setting.written.default !== undefined)
    yield `${label}: an address or a secret has no default outside development and test: each environment states its own`;
  const stagesByDefault = Map.groupBy(stages, (stage) => writtenDefault(setting, stage));
  for (const [written, where] of stagesByDefault) {
    if (written === undefined) {
      if (!isEnvSetting(setting)) yield `${label}: it is never loaded, so it needs a default`;
      continue;
    }
    const reading = setting.kind.read(written);
    if ('refused' in reading)
      yield `${label}: its own default (${where.join(', ')}) is refused: ${reading.refused.why}; expected ${setting.kind.expected}`;
  }
}

function* wrongPlace(label: string, prefix: string, setting: Setting<unknown>): Generator<string> {
  // Callers without types may state both, or neither.
  const { env, appliesTo, parameter } = setting as {
    readonly [Key in 'env' | 'appliesTo' | 'parameter']?: unknown;
  };
  if (appliesTo === undefined) {
    if (typeof env !== 'string' || !/^[A-Z][A-Z0-9_]*$/.test(env) || !env.startsWith(prefix))
      yield `${label}: expected env to be an upper-case name that begins with "${prefix}", got ${JSON.stringify(env)}`;
    if (env === 'DEPLOY_ENVIRONMENT') yield `${label}: DEPLOY_ENVIRONMENT names the stage and belongs to no group`;
    return;
  }
  if (env !== undefined) yield `${label}: it has an env and an appliesTo, and takes effect in one place only`;
  if (!platforms.some((platform) => platform === appliesTo))
    yield `${label}: expected appliesTo to be one of ${platforms.join(', ')}, got ${JSON.stringify(appliesTo)}`;
  if (!isOneLine(parameter)) yield `${label}: expected parameter to be the name the platform gives it`;
}

/** What is wrong with one declared setting, in words for its author. */
export function wrongSetting(label: string, prefix: string, setting: Setting<unknown>): string[] {
  return [...wrongTexts(label, setting), ...wrongPlace(label, prefix, setting), ...wrongDefaults(label, setting)];
}
