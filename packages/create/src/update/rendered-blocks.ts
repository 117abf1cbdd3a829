import { ScaffoldError } from '../errors.ts';
import { renderChecklist } from '../service-json/render-checklist.ts';
import { renderRunbook } from '../service-json/render-runbook.ts';
import { serviceJsonSchema, type ServiceJson } from '../service-json/schema.ts';

const block = /(^<!-- seaworthy:begin ([a-z-]+) -->\n)([^]*?)(^<!-- seaworthy:end \2 -->$)/gm;

const renderers: Readonly<Record<string, (service: ServiceJson, markdown: string) => string>> = {
  'RUNBOOK.md': renderRunbook,
  'CHECKLIST.md': renderChecklist,
};

/** The document with nothing between its marks: only prose is left to merge. */
export function emptyBlocks(markdown: string): string {
  return markdown.replaceAll(block, '$1$4');
}

/** Puts blocks of another version of the document between the marks. */
export function copyBlocks(from: string, to: string): string {
  const blocks = new Map([...from.matchAll(block)].map(([, , name = '', inside = '']) => [name, inside]));
  return to.replaceAll(
    block,
    (_all, begin: string, name: string, _inside, end: string) => `${begin}${blocks.get(name) ?? ''}${end}`,
  );
}

/** What documents are rendered from, or every reason why nothing can be. */
export function parseServiceJson(text: string | undefined): { service: ServiceJson } | { problems: readonly string[] } {
  if (text === undefined) return { problems: ['service.json is missing'] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problems: [`service.json is no JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const { success, data, error } = serviceJsonSchema.safeParse(value);
  if (success) return { service: data };
  const shown = error.issues.map(({ path: place, message }) => [
    ...(place.length > 0 ? [place.join('.')] : []),
    message,
  ]);
  return { problems: shown.map((parts) => `service.json: ${parts.join(': ')}`) };
}

export type Rendered = { readonly markdown: string } | { readonly problems: readonly string[] };

/** Renders the blocks of a document anew; a document without its marks is somebody's own, and is told. */
export function renderBlocks(file: string, markdown: string, service: ServiceJson): Rendered {
  try {
    return { markdown: renderers[file]?.(service, markdown) ?? markdown };
  } catch (error) {
    if (error instanceof ScaffoldError && error.code === 'SCAFFOLD_DOCUMENT') return { problems: error.problems };
    throw error;
  }
}
