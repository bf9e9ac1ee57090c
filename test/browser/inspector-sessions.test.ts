import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

import { OpencxError } from '../../src/errors/opencx-error.ts';
import type { OpencxHistoryItem } from '../../src/handoff/opencx/opencx-history.ts';
import { inspect, type Inspecting } from '../handoff/inspector/inspecting.ts';
import { failedSession, plainTexts, writeSessionStory } from '../handoff/inspector/session-story.ts';
import { sessionId } from '../handoff/store/samples.ts';
import { bodyOf, openTestStore, post } from '../handoff/serving.ts';
import { openChromium, openPage, type WatchedPage } from './chromium.ts';

const caseId = '500000000000007AAA';
const org = 'https://acme.my.salesforce.com';
const story = { id: sessionId(1), at: Date.UTC(2026, 0, 15, 9, 30), caseId, caseNumber: '00004711', org };

let browser: Browser;
let serving: Inspecting;
let watched: WatchedPage;
let page: Page;
let items: OpencxHistoryItem[];
let refusal: string | undefined;
let synced: string[];
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  items = [{ at: '2026-01-15T09:29:00.000Z', type: 'message', sender: 'contact', text: 'As OpenCX wrote it' }];
  refusal = undefined;
  synced = [];
  const { store } = await openTestStore();
  await writeSessionStory(store, story);
  await store.changeSession(failedSession(sessionId(2), story.at, { ...plainTexts, contact: 'John Foe' }));
  const opencx = {
    history: async () => {
      if (refusal !== undefined) throw new OpencxError('ORG_REFUSED', { message: refusal });
      return { items, truncated: false };
    },
    sync: async (id: string) => {
      synced.push(id);
    },
  };
  serving = await inspect({ store, inspector: { token: 'of-this-test', org: { url: org }, opencx } });
  watched = await openPage(browser, `${serving.origin}/#token=of-this-test`);
  ({ page } = watched);
});
afterEach(async () => {
  await page.close();
  expect(watched.errors).toEqual([]);
});

it('lists sessions, finds them, and shows one across both systems', async () => {
  await page.getByRole('link', { name: 'Sessions' }).click();
  await row('John Foe').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('4711');
  await row('John Foe').waitFor({ state: 'detached' });
  await page.getByRole('searchbox', { name: 'Contact, subject' }).fill('');
  await page.getByLabel('State of the session').selectOption('failed');
  await row('Jane Doe').waitFor({ state: 'detached' });
  await page.getByLabel('State of the session').selectOption('');
  await row('Jane Doe').click();
  await page.getByRole('heading', { name: 'Jane Doe' }).waitFor();
  const inOrg = page.getByRole('link', { name: `00004711 (${caseId})` });
  expect(await inOrg.getAttribute('href')).toBe(`${org}/lightning/r/Case/${caseId}/view`);
  expect(await inOrg.getAttribute('rel')).toBe('noopener noreferrer');
  const lines = page.getByRole('region', { name: 'What happened' }).locator('.entry');
  await expect.poll(() => lines.count()).toBe(11);
  expect(await lines.nth(2).textContent()).toContain(plainTexts.failure);
  expect(await lines.nth(10).textContent()).toContain(plainTexts.answer);
});

it('shows what comes while one looks, and opens each event of a session', async () => {
  await page.goto(`${serving.origin}/#/sessions/${story.id}`);
  const lines = page.getByRole('region', { name: 'What happened' }).locator('.entry');
  await expect.poll(() => lines.count()).toBe(11);
  await post(serving.webhookUrl, bodyOf('caseClosed', { case_id: caseId, case_number: '00004711' }));
  await expect.poll(() => lines.count()).toBe(13);
  await lines.nth(12).getByText('session.resolved').waitFor();
  await lines.nth(11).getByRole('link', { name: 'case_closed' }).click();
  await page.getByRole('heading', { name: 'Call by Salesforce' }).waitFor();
  await page.locator('#opened').getByRole('link', { name: story.id }).click();
  await lines.nth(0).getByRole('link', { name: 'handoff' }).click();
  await page.getByRole('heading', { name: 'Call by OpenCX' }).waitFor();
  await page.goto(`${serving.origin}/#/all`);
  await page.getByLabel('Case id or number, or session id').fill(story.id.toUpperCase());
  await expect.poll(() => page.locator('.row').count()).toBe(9);
  await page.locator('.row', { hasText: 'message.agent' }).click();
  await page.getByRole('heading', { name: 'What is told' }).waitFor();
});

it('shows what OpenCX has of a session beside it, asks again, lets it sync, and tells why it cannot', async () => {
  await page.goto(`${serving.origin}/#/sessions/${story.id}`);
  const panel = page.getByRole('region', { name: 'As OpenCX has it' });
  await panel.getByText('As OpenCX wrote it').waitFor();
  items = [...items, { type: 'handoff_to_salesforce_miaw' }];
  await panel.getByRole('button', { name: 'Read again' }).click();
  await panel.getByText('handoff_to_salesforce_miaw').waitFor();
  await panel.getByRole('button', { name: 'Let it sync' }).click();
  await page.getByText('OpenCX was asked to sync').waitFor();
  expect(synced).toEqual([story.id]);
  refusal = 'api.open.cx answered HTTP 403';
  await panel.getByRole('button', { name: 'Read again' }).click();
  await panel.getByText('api.open.cx answered HTTP 403').waitFor();
  // What was read before stays.
  await panel.getByText('handoff_to_salesforce_miaw').waitFor();
});

it('has nothing of OpenCX where it is not asked', async () => {
  const without = await inspect({ store: serving.store });
  await page.goto(without.inspectorUrl ?? '');
  await page.goto(`${without.origin}/#/sessions/${story.id}`);
  await page.getByRole('region', { name: 'What happened' }).waitFor();
  expect(await page.getByText('As OpenCX has it').count()).toBe(0);
});

function row(text: string) {
  return page.locator('.row', { hasText: text });
}
