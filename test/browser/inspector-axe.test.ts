import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { openFarSide } from '../handoff/far-side.ts';
import { inspect, type Inspecting } from '../handoff/inspector/inspecting.ts';
import { failedSession, writeSessionStory } from '../handoff/inspector/session-story.ts';
import { sessionId } from '../handoff/store/samples.ts';
import { bodyOf, everythingTo, openTestStore, post } from '../handoff/serving.ts';
import { openChromium, openPage } from './chromium.ts';

interface AxeViolation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

const caseId = '500000000000007AAA';
const story = {
  id: sessionId(1),
  at: Date.UTC(2026, 0, 15),
  caseId,
  caseNumber: '00004711',
  org: 'https://acme.my.salesforce.com',
};

let browser: Browser;
let serving: Inspecting;
let ids: { readonly delivered: string; readonly dead: string; readonly refused: string };
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
});

/** One of everything: sessions, events that arrived, failed and were refused, a far side that is down. */
beforeEach(async () => {
  const { store } = await openTestStore();
  await writeSessionStory(store, story);
  await store.changeSession(failedSession(sessionId(2), story.at));
  const fixturesFolder = await mkdtemp(join(tmpdir(), 'fixtures-'));
  onTestFinished(() => rm(fixturesFolder, { recursive: true, force: true }));
  const far = await openFarSide();
  far.answer(({ body }, nth) => ({
    status: body.includes('Lost') ? (nth % 2 === 0 ? 500 : 501) : 200,
    body: `{"nth":${nth}}`,
  }));
  const opencx = {
    history: async () => ({ items: [{ type: 'message', sender: 'contact', text: 'Hello' }], truncated: true }),
    sync: async () => undefined,
  };
  const org = { url: story.org };
  serving = await inspect({
    store,
    routes: everythingTo(far.url),
    pace: { delaysMs: [1, 1] },
    inspector: { token: 'of-this-test', org, opencx, fixturesFolder },
  });
  const { id: delivered = '' } = (await post(serving.webhookUrl, bodyOf('caseCreated', { case_id: caseId }))).body;
  await serving.arrived(1);
  const { id: dead = '' } = (await post(serving.webhookUrl, bodyOf('caseClosed', { case_subject: 'Lost' }))).body;
  await serving.heard('dead');
  await post(serving.webhookUrl, '{}');
  const [rejection] = await store.rejections(1);
  ids = { delivered, dead, refused: rejection?.id ?? '' };
  await far.close();
  await post(serving.webhookUrl);
  await serving.heard('far-side-down');
});

describe.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 380],
  ['dark', 380],
] as const)('in a %s scheme, %i pixels wide', (colorScheme, width) => {
  it('every view is fit for everybody', async () => {
    // Its own tests say what the policy of the page is; here it would keep axe out.
    const options = { colorScheme, viewport: { width, height: 800 }, bypassCSP: true };
    const { page, errors } = await openPage(browser, `${serving.origin}/#token=of-this-test`, options);
    await page.evaluate(axe.source);
    const views: [address: string, shows: string][] = [
      ['#/all', '.row'],
      [`#/all/${ids.delivered}`, '#opened pre.body'],
      ['#/dead', '.row'],
      [`#/dead/${ids.dead}`, '#opened .attempt'],
      ['#/refused', '.row'],
      [`#/refused/${ids.refused}`, '#opened pre.body'],
      ['#/sessions', '.row'],
      [`#/sessions/${story.id}`, '.sides section + section .entry'],
      ['#/fixtures', '.row'],
      ['#/fixtures/case_email_received', '#opened form textarea'],
      ['#/links', '.row'],
      ['#/links/store', '#opened .facts'],
    ];
    for (const [address, shows] of views) {
      await page.goto(`${serving.origin}/${address}`);
      await page.locator(shows).first().waitFor({ state: 'attached' });
      await page.evaluate('for (const fold of document.querySelectorAll("details")) fold.open = true');
      expect(await violations(page), address).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), address).toBe(true);
    }
    await page.goto(`${serving.origin}/#/all/${ids.dead}`);
    for (const [name, close] of [
      ['Edit and replay …', 'Cancel'],
      ['Save as fixture …', 'Cancel'],
      ['Keys', 'Close'],
    ] as const) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.locator('dialog[open]').waitFor();
      expect(await violations(page), name).toEqual([]);
      await page.locator('dialog[open]').getByRole('button', { name: close }).click();
    }
    await page.goto(`${serving.origin}/#/all`);
    await page.getByLabel('Text in the body').fill('nowhere');
    await page.getByText('Nothing fits.').waitFor();
    expect(await violations(page), 'nothing').toEqual([]);
    await serving.close();
    await page.getByText('Connection lost since').waitFor();
    expect(await violations(page), 'lost').toEqual([]);
    expect(errors).toEqual([]);
    await page.close();
  });
});

/** What axe finds by all of its rules. */
async function violations(page: Page): Promise<string[]> {
  const found = await page.evaluate<AxeViolation[]>('axe.run().then(({ violations }) => violations)');
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}
