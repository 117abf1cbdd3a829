import { renderDocument, shell, table } from './render-document.ts';
import type { ServiceJson } from './schema.ts';

/**
 * Renders the marked block of CHECKLIST.md from the facts of a service; prose outside the marks is kept.
 *
 * @throws {ScaffoldError} `SCAFFOLD_DOCUMENT` when a mark is missing, unknown or left open.
 */
export function renderChecklist(service: ServiceJson, markdown: string): string {
  const columns = ['#', 'Item', 'Expected result', 'Way back', 'Safe to repeat', 'Owner'];
  const rows = service.checklist.map((item, index) => [
    String(index + 1),
    item.title,
    item.expected,
    item.rollback,
    item.retry,
    service.owner,
  ]);
  const commands = shell(...service.checklist.map((item) => item.command));
  const checklist = `${table(columns, rows)}\n\nThe commands, in this order:\n\n${commands}`;
  return renderDocument('CHECKLIST.md', markdown, { checklist });
}
