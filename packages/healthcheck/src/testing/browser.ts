import { createRequire } from 'node:module';
import path from 'node:path';
import { describeWhere, folderOf } from '@seaworthy/test-servers';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, onTestFinished } from 'vitest';

const { source } = createRequire(import.meta.url)('axe-core') as { source: string };

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const folder = folderOf(['chromium']);

/** `describe` where Chromium is installed; elsewhere the tests are skipped, and say so. */
export const describeInChromium = describeWhere(folder !== undefined, 'Chromium (Debian: chromium)');

/** Opens pages, in one browser for a file. */
export function openPages(): (options?: BrowserContextOptions) => Promise<Page> {
  let browser: Promise<Browser> | undefined;
  afterAll(async () => (await browser)?.close());
  return async (options) => {
    browser ??= chromium.launch({ executablePath: path.join(folder ?? '', 'chromium'), args: flags });
    const page = await (await browser).newPage(options);
    onTestFinished(() => page.close());
    return page;
  };
}

/**
 * What axe-core finds wrong with a page, and what it leaves to a person, each with the mark-up it was found at.
 *
 * It leaves the contrast of text in a picture: `pictureContrasts` measures that.
 */
export async function findBarriers(page: Page): Promise<string[]> {
  // Evaluated by the browser's debugger, which the policy of the page does not bind.
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(source);
  const { violations, incomplete } = await page.evaluate<AxeResults>(
    `axe.run(document, { resultTypes: ["violations", "incomplete"], preload: false })`,
  );
  return [...violations, ...incomplete]
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
    .filter((found) => !found.startsWith('color-contrast: <text '));
}

/** The contrast of each text of the pictures with the panel it is drawn on, by the formula of WCAG. */
export function pictureContrasts(page: Page): Promise<number[]> {
  return page.evaluate<number[]>(`
    (() => {
      const light = (colour) => {
        const [red, green, blue] = colour.match(/[\\d.]+/g).slice(0, 3).map((each) => {
          const share = each / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
      };
      return [...document.querySelectorAll('svg text')].map((text) => {
        const [one, other] = [getComputedStyle(text).fill, getComputedStyle(text.closest('section')).backgroundColor];
        return Math.max(light(one), light(other)) / Math.min(light(one), light(other));
      });
    })()
  `);
}
