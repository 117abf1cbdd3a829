import { expect, it } from 'vitest';
import { createHealth } from '../../create-health.ts';
import { describeInChromium, findBarriers, openPages, pictureContrasts } from '../../testing/browser.ts';
import { type Given, readGoldenState, snapshotOf, stateNames } from '../../testing/golden-state.ts';
import { renamed } from '../../testing/hostile-state.ts';
import { serve } from '../../testing/serve.ts';
import { createEndpoints } from '../create-endpoints.ts';
import { sendAnswer } from '../endpoint-answer.ts';

const open = openPages();

const looks = (['light', 'dark'] as const).flatMap((colorScheme) => [
  { colorScheme, width: 1280, height: 900 },
  { colorScheme, width: 360, height: 740 },
]);

/** Serves one state and opens its page; what the page asks for, prints or throws is kept. */
async function openState(given: Given) {
  const snapshot = snapshotOf(given);
  const find = createEndpoints(
    { prefix: '', mayReadAll: () => true },
    { ready: () => snapshot.ready, snapshot: () => snapshot },
  );
  const heard: (string | undefined)[] = [];
  const { port } = await serve((request, response) => {
    heard.push(request.url);
    const endpoint = find(request.url ?? '');
    if (endpoint === undefined) response.writeHead(404).end();
    else sendAnswer(endpoint(request.method, undefined), response);
  });
  const page = await open();
  page.on('console', (message) => heard.push(message.text()));
  page.on('pageerror', (error) => heard.push(error.message));
  page.on('dialog', (dialog) => {
    heard.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(`http://127.0.0.1:${port}/status`);
  return { page, heard };
}

async function expectNoBarrier(given: Given): Promise<void> {
  const { page, heard } = await openState(given);
  for (const { colorScheme, width, height } of looks) {
    /* oxlint-disable no-await-in-loop -- one page, one look after the other */
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    expect({ colorScheme, width, found: await findBarriers(page) }).toEqual({ colorScheme, width, found: [] });
    expect(Math.min(21, ...(await pictureContrasts(page)))).toBeGreaterThan(4.5);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    /* oxlint-enable no-await-in-loop */
  }
  expect(heard).toEqual(['/status']);
}

describeInChromium('the status page in Chromium', { timeout: 120_000 }, () => {
  it.for(stateNames)('has no barrier in light and dark, on a desk and on a phone: %s', async (state) => {
    await expectNoBarrier(readGoldenState(state).given);
  });

  it('shows names that are mark-up as text, and stays within its width', async () => {
    const name = `"><script>alert(1)</script><img src=x onerror=alert(1)>'</title></style>${'a'.repeat(300)}`;
    await expectNoBarrier(renamed(name));
  });

  it('is styled by the one style that its policy names, and refuses any other', async () => {
    const { page } = await openState(readGoldenState('failing').given);
    expect(await page.evaluate('getComputedStyle(document.querySelector("header")).backgroundColor')).toBe(
      'rgb(179, 22, 31)',
    );
    const [styled, ran] = await page.evaluate<[string, string]>(`
      (async () => {
        document.body.insertAdjacentHTML('beforeend', '<style>body { display: none }</style>');
        const script = document.createElement('script');
        script.textContent = 'document.title = "ran"';
        document.body.append(script);
        return [getComputedStyle(document.body).display, document.title];
      })()
    `);
    expect([styled, ran]).toEqual(['block', 'Down: it takes no traffic – orders']);
  });

  it('is read without script', async () => {
    const { page } = await openState(readGoldenState('warn').given);
    expect(await page.evaluate('document.scripts.length')).toBe(0);
    await page.getByRole('link', { name: 'The job nightly-invoices fails' }).click();
    expect(page.url()).toMatch(/\/status#jobs$/);
    expect(await page.getByRole('row', { name: /nightly-invoices/ }).innerText()).toContain('failing');
  });

  it('is opened with HTTP Basic: the token as the password, any user name', async () => {
    const token = 'a-token-of-16-or-more';
    const health = createHealth({ serviceId: 'orders', releaseId: '1.2.3', token });
    const { port } = await serve(health.wrap((_request, response) => response.end('the service')));
    const url = `http://127.0.0.1:${port}/status`;
    const statusWith = async (httpCredentials: { username: string; password: string }) => {
      const page = await open({ httpCredentials });
      const answer = await page.goto(url);
      return [answer?.status(), await page.title()];
    };
    expect(await statusWith({ username: 'anybody', password: token })).toEqual([
      200,
      'Up. No limit says what slow is – orders',
    ]);
    expect(await statusWith({ username: token, password: 'wrong' })).toEqual([401, '']);
    health.close();
  });
});
