import { allSettings, rulesIn, type DeclaredSetting, type Groups } from '../declare/group.ts';
import type { Runtime } from '../declare/stage.ts';
import { ownerOf } from '../groups/service-owner.ts';

import { shownDefault, shownDeprecation, shownName } from './shown-default.ts';

export interface MarkdownOptions {
  readonly title: string;
  /** Printed as the owner of every shipped setting. */
  readonly owner: string;
  /** The language whose settings are listed. @default both, and a setting of one language says so */
  readonly runtime?: Runtime;
}

const columns = ['Setting', 'Name', 'Default', 'Allowed', 'Why', 'Expected result', 'Way back', 'Owner'];
const sources =
  'Generated from the declarations; a test compares both. Later sources win: the default, `config/production.env`, on staging `config/staging.env`, the environment.';
const names =
  'A name in capitals is a variable; beside any other name stands what reads it. Each service also reads `DEPLOY_ENVIRONMENT` (development, test, staging or production), which has no default.';

function row({ key, setting }: DeclaredSetting, { owner, runtime }: MarkdownOptions): string {
  const source = setting.source === undefined ? '' : ` ([source](${setting.source}))`;
  const only = runtime === undefined && setting.runtimes?.length === 1 ? ` (${setting.runtimes[0]} only)` : '';
  const deprecation = shownDeprecation(setting);
  const cells = [
    `${key}${only}`,
    shownName(setting),
    shownDefault(setting),
    setting.kind.expected,
    `${deprecation === undefined ? '' : `${deprecation}. `}${setting.reason}${source}`,
    setting.expect,
    setting.rollback,
    ownerOf(setting, owner),
  ];
  return `| ${cells.join(' | ')} |`;
}

/**
 * Writes the reference page of settings: a table for each group, and the rules between settings.
 *
 * @example
 * ```ts
 * import { httpServer, toMarkdown } from '@seaworthy/defaults';
 * const page = toMarkdown({ http: httpServer }, { title: 'Settings', owner: 'team-orders', runtime: 'node' });
 * if (!page.includes('| requestTimeoutMs | `HTTP_REQUEST_TIMEOUT` | 30s |')) throw new Error('a row is missing');
 * ```
 */
export function toMarkdown(groups: Groups, options: MarkdownOptions): string {
  const settings = Map.groupBy(allSettings(groups, options.runtime), ({ group }) => group);
  const rules = Map.groupBy(rulesIn(groups, options.runtime), ({ group }) => group);
  const sections = [...settings].flatMap(([group, declared]) => {
    const head = [`| ${columns.join(' | ')} |`, `|${' --- |'.repeat(columns.length)}`];
    const table = [...head, ...declared.map((each) => row(each, options))].join('\n');
    const list = (rules.get(group) ?? []).map(({ rule }) => `- ${rule.says}. Otherwise: ${rule.fix}.`);
    return [`## ${group.name}`, table, ...(list.length === 0 ? [] : [`Rules:\n\n${list.join('\n')}`])];
  });
  return `${[`# ${options.title}`, sources, names, ...sections].join('\n\n')}\n`;
}
