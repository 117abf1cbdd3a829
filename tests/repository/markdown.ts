import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { presentFiles } from '../present-files.ts';

export interface Block {
  readonly language: string;
  readonly text: string;
}

/** Every Markdown file of the repository, tracked or about to be. */
export function markdownFiles(repository: string): string[] {
  return presentFiles(repository, '*.md').toSorted();
}

export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\S*)\n([^]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));
}

/** The text without its blocks and without what stands between backticks: no link is meant there. */
function prose(markdown: string): string {
  return markdown
    .replaceAll(/^```[^]*?^```$/gm, '')
    .replaceAll(/(`+)[^`].*?\1/g, (code) => code.replaceAll(/[[\]#]/g, ''));
}

/** The anchors that a renderer gives to the headings: `## What "x" means` becomes `what-x-means`. */
export function anchorsOf(markdown: string): string[] {
  const seen = new Map<string, number>();
  return [...prose(markdown).matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, heading = '']) => {
    const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = words.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(/\s/g, '-');
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}

/** Links of a document to files that are not there, and to headings that no document has. */
export function brokenLinks(root: string, file: string): string[] {
  const markdown = readFileSync(path.join(root, file), 'utf8');
  const links = [...prose(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [target = '', anchor] = link.split('#');
      const place = target === '' ? path.join(root, file) : path.resolve(path.dirname(path.join(root, file)), target);
      if (!existsSync(place)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(place, 'utf8')).includes(anchor);
    });
}
