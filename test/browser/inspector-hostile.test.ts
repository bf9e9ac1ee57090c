import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';

import { OpencxError } from '../../src/errors/opencx-error.ts';
import { inspect, type Inspecting } from '../handoff/inspector/inspecting.ts';
import { failedSession, writeSessionStory } from '../handoff/inspector/session-story.ts';
import { newAttempt, newEvent, newRejection, sessionId } from '../handoff/store/samples.ts';
import { bodyOf, openTestStore } from '../handoff/serving.ts';
import { openChromium, openPage, type WatchedPage } from './chromium.ts';
import { hostileTexts } from './hostile-texts.ts';

const org = 'https://acme.my.salesforce.com';

let browser: Browser;
let serving: Inspecting;
let watched: WatchedPage;
let page: Page;
let asked: string[];
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
});

/** A store in which every field that somebody else writes holds what is hostile, and the page that shows it. */
beforeEach(async () => {
  const { store } = await openTestStore();
  for (const [nth, text] of [...hostileTexts, hostileTexts.join(' ')].entries()) {
    const texts = {
      contact: text,
      address: text,
      subject: text,
      message: text,
      agent: text,
      answer: text,
      failure: text,
    };
    const caseId = `5000000000000${String(nth).padStart(2, '0')}AAA`;
    const at = Date.UTC(2026, 0, 1) + nth * 1_000_000;
    await writeSessionStory(store, { id: sessionId(nth), at, caseId, caseNumber: text, org, texts });
    await store.changeSession(failedSession(sessionId(100 + nth), at, texts));
    const changes = { case_subject: text, case_number: text, case_id: caseId, [text]: { [text]: [text] } };
    const headers = [
      [text, text],
      ['x-a', text],
    ] as const;
    const body = Buffer.from(
      bodyOf('customerEmail', { ...changes, text_body: text, html_body: text, from_name: text }),
    );
    const targets = [{ kind: 'forward', target: `https://far.example/${encodeURIComponent(text)}` }];
    await store.accept(newEvent({ receivedAt: at, name: 'customerEmail', orderKey: caseId, headers, body }), targets);
    for (const attempt of [1, 2]) {
      const [delivery] = await store.claim('story', at, 60_000, 1, { kinds: ['forward'] });
      const response = { status: 500 + attempt, headers, body: Buffer.from(`${text} ${attempt}`) };
      const request = { method: 'POST', url: 'https://far.example/', headers };
      const outcome =
        attempt === 2 ? { state: 'dead' as const } : { state: 'pending' as const, nextAttemptAt: at, counted: true };
      await store.finish(delivery?.id ?? '', 'story', newAttempt({ request, response, failure: text }), outcome);
    }
    await store.accept(newEvent({ name: text, orderKey: text, deliveryId: text, body: Buffer.from(text) }), []);
    await store.reject(newRejection({ reason: text, headers, body: Buffer.from(text) }));
  }
  const fixturesFolder = await mkdtemp(join(tmpdir(), 'fixtures-'));
  onTestFinished(() => rm(fixturesFolder, { recursive: true, force: true }));
  const values = Object.fromEntries(
    hostileTexts.flatMap((text, nth) => [
      [text, text],
      [`list ${nth}`, [text]],
    ]),
  );
  await writeFile(join(fixturesFolder, 'hostile.json'), JSON.stringify(values));

  const opencx = {
    history: async (id: string) => {
      const nth = Number(id.slice(-12));
      const text = hostileTexts[nth];
      if (text === undefined) throw new OpencxError('ORG_REFUSED', { message: hostileTexts[nth - 100] ?? '' });
      return { items: [{ at: text, type: text, sender: text, text }, { type: text }], truncated: true };
    },
    sync: async () => undefined,
  };
  serving = await inspect({ store, inspector: { token: 'of-this-test', org: { url: org }, opencx, fixturesFolder } });
  watched = await openPage(browser, `${serving.origin}/#token=of-this-test`);
  ({ page } = watched);
  asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.evaluate(
    `globalThis.violations = []; addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective))`,
  );
});

/** Goes through a list and opens each one, with all that is folded. */
async function openEach(view: string, atLeast: number): Promise<void> {
  await page.goto(`${serving.origin}/#/${view}`);
  await page.locator(`#views a[aria-current][data-to="${view}"]`).waitFor();
  await expect.poll(() => page.locator('.row').count()).toBeGreaterThanOrEqual(atLeast);
  const links = await page.evaluate<string[]>(
    `[...document.querySelectorAll('.row')].map((row) => row.getAttribute('href'))`,
  );
  for (const link of links) {
    await page.goto(`${serving.origin}/${link}`);
    await page.locator(`.row[aria-current][href="${link}"]`).waitFor();
    await page.locator('#opened h2').first().waitFor();
    await page.evaluate('for (const fold of document.querySelectorAll("details")) fold.open = true');
    await expectNothingButText(link);
    if (view !== 'dead') continue;
    await page.keyboard.press('e');
    await page.getByRole('dialog').getByLabel('Body').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
  }
}

async function expectNothingButText(where: string): Promise<void> {
  const found = await page.evaluate<string[]>(`[...document.querySelectorAll('*')]
    .filter((node) => [...node.attributes].some(({ name }) => name.startsWith('on') || name === 'style')
      || node.matches('img, iframe, svg, object, embed, video, base, style, math, template, main script, main form[action], main meta, main link')
      || (node.matches('main a') && !/^(#[/]|https:[/][/]acme[.]my[.]salesforce[.]com[/]lightning[/]r[/])/.test(node.getAttribute('href'))))
    .map((node) => node.outerHTML)`);
  expect(found, where).toEqual([]);
  expect(await page.locator('main').textContent(), where).not.toMatch(/(?![\t\n\r])[\p{Cc}\p{Cf}]/u);
}

it('makes nothing but text of what others write, in every field of every view', async () => {
  // The last of each kind holds all of them.
  await openEach('all', 50);
  await openEach('dead', hostileTexts.length);
  await openEach('refused', hostileTexts.length);
  await openEach('sessions', 50);
  await openEach('fixtures', 7);
  await openEach('links', 1);
  // Each text stands there as it was written.
  for (const [nth, text] of hostileTexts.entries()) {
    await page.goto(`${serving.origin}/#/sessions/${sessionId(nth)}`);
    await page.locator('#opened h2 bdi', { hasText: shownAs(text) }).waitFor();
    await page.getByRole('region', { name: 'As OpenCX has it' }).getByText(shownAs(text)).first().waitFor();
  }

  expect(await page.title()).not.toContain('owned');
  expect(asked.filter((url) => !url.startsWith(`${serving.origin}/`) || url.includes('stolen'))).toEqual([]);
  expect(await page.evaluate('violations')).toEqual([]);
  expect(watched.errors).toEqual([]);
  await page.close();
}, 240_000);

/** Characters that are not seen, or turn the direction of text, are shown as such. */
function shownAs(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
