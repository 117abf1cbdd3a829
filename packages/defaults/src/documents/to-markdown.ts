import { worksIn, type Groups } from '../declare/group.ts';
import type { Setting } from '../declare/setting.ts';
import type { Runtime } from '../declare/stage.ts';
import { serviceOwner } from '../groups/service-owner.ts';

import { shownDefault, shownOwner } from './shown-default.ts';

export interface MarkdownOptions {
  readonly title: string;
  /** Printed as the owner of every shipped setting. */
  readonly owner: string;
  readonly runtime: Runtime;
}

const columns = ['Setting', 'Variable', 'Default', 'Allowed', 'Why', 'Expected result', 'Way back', 'Owner'];

function row(key: string, setting: Setting<unknown>, owner: string): string {
  const why = setting.source === undefined ? setting.reason : `${setting.reason} ([source](${setting.source}))`;
  const cells = [
    key,
    `\`${setting.env}\``,
    shownDefault(setting),
    setting.kind.expected,
    why,
    setting.expect,
    setting.rollback,
    shownOwner(setting, serviceOwner, owner),
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
export function toMarkdown(groups: Groups, { title, owner, runtime }: MarkdownOptions): string {
  const sections = Object.values(groups).flatMap((group) => {
    const settings = Object.entries<Setting<unknown>>(group.settings).filter(([, setting]) =>
      worksIn(setting, runtime),
    );
    const known = new Set(settings.map(([key]) => key));
    const rules = group.rules.filter((rule) => known.has(rule.left) && known.has(rule.right));
    const table = [
      `| ${columns.join(' | ')} |`,
      `|${' --- |'.repeat(columns.length)}`,
      ...settings.map(([key, setting]) => row(key, setting, owner)),
    ];
    const list = rules.map((rule) => `- ${rule.says}. Otherwise: ${rule.fix}.`);
    return [`## ${group.name}`, table.join('\n'), ...(list.length === 0 ? [] : [`Rules:\n\n${list.join('\n')}`])];
  });
  const stage =
    'Each service also reads `DEPLOY_ENVIRONMENT` (development, test, staging or production), which has no default.';
  const generated =
    'Generated from the declarations; a test compares both. Later sources win: the default, `config/production.env`, on staging `config/staging.env`, the environment.';
  return `${[`# ${title}`, generated, stage, ...sections].join('\n\n')}\n`;
}
