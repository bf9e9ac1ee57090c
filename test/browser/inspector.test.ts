import { readFile } from 'node:fs/promises';

import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

import { isOwnPlace } from '../../src/handoff/export/own-place.ts';
import { openFarSide, type FarSide } from '../handoff/far-side.ts';
import { inspect, type Inspecting } from '../handoff/inspector/inspecting.ts';
import { bodyOf, everythingTo, openTestStore, post } from '../handoff/serving.ts';
import { openChromium, openPage, type WatchedPage } from './chromium.ts';

let browser: Browser;
let far: FarSide;
let serving: Inspecting;
let watched: WatchedPage;
let page: Page;
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  far = await openFarSide();
  serving = await inspect({ routes: everythingTo(far.url), pace: { delaysMs: [20, 20] } });
  watched = await openPage(browser, serving.inspectorUrl ?? '');
  ({ page } = watched);
});
afterEach(async () => {
  await page.close();
  expect(watched.errors).toEqual([]);
});

it('shows events as they come, and what became of them', async () => {
  await page.getByText('Nothing has come yet.').waitFor();
  expect(page.url()).not.toContain(serving.inspectorToken);
  await arrive('caseCreated', { case_subject: 'My order', case_number: '00004711' });
  await row('My order').click();
  await page.getByRole('heading', { name: 'case_created' }).waitFor();
  await fact('Case', /00004711/);
  await page.locator('#opened .state').first().getByText('delivered').waitFor();
  await page.getByText('Attempt 1: 200').waitFor();
  const body = page.locator('pre.body').first();
  expect(await body.textContent()).toContain('\n  "case_subject": "My order"');
  await button('Raw').first().click();
  expect(JSON.parse((await body.textContent()) ?? '')).toMatchObject({ case_subject: 'My order' });
  expect(await body.textContent()).not.toContain('\n');
  await page.reload();
  await page.getByRole('heading', { name: 'case_created' }).waitFor();
});

it('compares answers, replays, and tells the replay from its event', async () => {
  far.answer((_call, nth) => ({
    status: nth === 1 ? 500 : 200,
    body: JSON.stringify({ nth, same: true }),
    headers: { 'content-type': 'application/json' },
  }));
  await arrive('caseCreated', { case_subject: 'Twice' });
  await row('Twice').click();
  await page.getByText('What is different between answers').click();
  await page.locator('.diff .gone', { hasText: 'status 500' }).waitFor();
  await page.locator('.diff .new', { hasText: '"nth": 2' }).waitFor();
  expect(await page.locator('.diff .same', { hasText: '"same": true' }).count()).toBe(1);
  await page.keyboard.press('r');
  await page.getByText('Replaying as').waitFor();
  await page.locator('#opened dt', { hasText: 'Replay of' }).waitFor();
  await page.getByText('Attempt 1: 200').waitFor();
  expect(far.calls[2]?.body).toEqual(far.calls[1]?.body);
  await expect.poll(() => webhooks().count()).toBe(2);
});

it.each([
  ['a key, however long it is held', holdR],
  ['a button, however fast it is pressed again', () => button('Replay').dblclick()],
  ['a dialog, however fast its button is pressed again', replayByDialog],
])('replays once for %s', async (_what, replay) => {
  await arrive('caseCreated', { case_subject: 'Once' });
  await row('Once').click();
  await replay();
  await page.locator('#opened dt', { hasText: 'Replay of' }).waitFor();
  await page.getByText('Attempt 1: 200').waitFor();
  await serving.arrived(2);
  expect(await serving.store.events({ limit: 10, name: 'caseCreated' })).toHaveLength(2);
});

async function holdR(): Promise<void> {
  for (let nth = 0; nth < 5; nth += 1) await page.keyboard.down('r');
  await page.keyboard.up('r');
}

async function replayByDialog(): Promise<void> {
  await button('Edit and replay …').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).dblclick();
}

it('edits and replays: only what is changed is another, a mistake is told', async () => {
  await arrive('caseCreated', { case_subject: 'Before' });
  await row('Before').click();
  await button('Edit and replay …').click();
  const dialog = page.getByRole('dialog');
  const body = dialog.getByLabel('Body');
  const text = await body.inputValue();
  await body.fill(text.slice(1));
  await dialog.getByRole('button', { name: 'Replay' }).click();
  await dialog.getByText('The body is not JSON.').waitFor();
  await body.fill(text.replace('"Before"', '"After"'));
  await dialog.getByRole('button', { name: 'Replay' }).click();
  await row('After').waitFor();
  await serving.arrived(2);
  expect(JSON.parse(far.calls[1]?.body.toString() ?? '')).toMatchObject({ case_subject: 'After' });
  await button('Edit and replay …').click();
  await dialog.getByRole('button', { name: 'Replay' }).click();
  await serving.arrived(3);
  expect(far.calls[2]?.body).toEqual(far.calls[1]?.body);
});

it('lists dead letters, finds by filters, and goes by keys', async () => {
  far.answer(({ body }) => ({ status: body.includes('Lost') ? 410 : 200, body: 'gone' }));
  await post(serving.webhookUrl, bodyOf('caseCreated', { case_subject: 'Lost' }));
  await serving.heard('dead');
  await arrive('caseClosed', { case_subject: 'Second' });
  await page.getByLabel('Text in the body').fill('case_subject');
  await expect.poll(() => page.locator('.row').count()).toBe(2);
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'case_created' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Choose one to see all of it').waitFor();

  await page.keyboard.press('/');
  await page.keyboard.type('second');
  await row('Lost').waitFor({ state: 'detached' });
  await row('Second').waitFor();
  await page.getByLabel('Text in the body').fill('nowhere');
  await page.getByText('Nothing fits.').waitFor();
  await button('Show all').click();
  await row('Lost').waitFor();
  await page.getByLabel('Event', { exact: true }).and(page.locator('select')).selectOption('caseClosed');
  await row('Lost').waitFor({ state: 'detached' });
  await page.getByLabel('Event', { exact: true }).and(page.locator('select')).selectOption('');

  await page.getByRole('link', { name: 'Dead letters 1' }).click();
  await row('Second').waitFor({ state: 'detached' });
  await row('Lost').click();
  await page.getByText('Attempt 1: 410').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keys' }).waitFor();
});

it('gives the event away as a body, an archive and a command', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const more = '{"big":12345678901234567890,"twice":1,"twice":[],';
  const body = bodyOf('caseCreated', { case_subject: 'Ä' }).replace('{', more);
  const { id } = (await post(serving.webhookUrl, body)).body;
  await serving.arrived(1);
  await row('Ä').click();
  const pretty = '{\n  "big": 12345678901234567890,\n  "twice": 1,\n  "twice": [],\n';
  await expect.poll(() => page.locator('pre.body').first().textContent()).toContain(pretty);
  const [saved] = await Promise.all([page.waitForEvent('download'), button('Save').click()]);
  expect(saved.suggestedFilename()).toBe(`${id}.json`);
  expect(await readFile(await saved.path(), 'utf8')).toBe(body);
  const [archive] = await Promise.all([page.waitForEvent('download'), button('Save HAR').click()]);
  expect(JSON.parse(await readFile(await archive.path(), 'utf8'))).toMatchObject({ log: { version: '1.2' } });
  await button('Copy as curl').click();
  await page.getByText('Copied').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^curl -sS -i -X POST http/);
});

it('says that the far side fails, since when, and that serve is gone and back', async () => {
  await arrive('caseCreated', {});
  await page.locator('.link.good', { hasText: new URL(far.url).origin }).waitFor();
  await far.close();
  await post(serving.webhookUrl);
  await page.locator('.link.bad', { hasText: /fails since/ }).waitFor();
  const { port, inspectorToken, store } = serving;
  await serving.close();
  await page.getByRole('alert').getByText('Connection lost since').waitFor();
  serving = await inspect({ port, store, inspector: { token: inspectorToken } });
  await page.getByText('Connection lost since').waitFor({ state: 'hidden' });
});

it('lets nobody in without the token of this run', async () => {
  const stranger = await openPage(browser, serving.origin);
  await stranger.page.getByText('This address carries no token.').waitFor();
  await stranger.page.goto(`${serving.origin}/#token=of-another-run`);
  await stranger.page.getByText('The token of this page is of an earlier run').waitFor();
  await stranger.page.goto(serving.inspectorUrl ?? '');
  await stranger.page.getByText('Nothing has come yet.').waitFor();
  expect(await stranger.page.getByRole('dialog').count()).toBe(0);
  expect(stranger.errors).toEqual([]);
  await stranger.page.close();
});

it('is read on a narrow screen one thing at a time', async () => {
  await page.setViewportSize({ width: 380, height: 700 });
  await arrive('caseCreated', { case_subject: `Long ${'x'.repeat(300)}` });
  await row('Long').click();
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  await page.getByRole('link', { name: '← List' }).click();
  await row('Long').waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
});

it('only records where there is no far side, and asks where a replay goes', async () => {
  const { store } = await openTestStore();
  const recording = await inspect({ store });
  await post(recording.webhookUrl, bodyOf('caseCreated', { case_subject: 'Kept' }));
  await page.goto(recording.inspectorUrl ?? '');
  await row('Kept').click();
  await page.getByText('It was only kept here.').waitFor();
  await page.keyboard.press('r');
  await page.getByRole('dialog').getByLabel('Send to').fill(far.url);
  await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click();
  await page.getByText('Attempt 1: 200').waitFor();
  expect(far.calls).toHaveLength(1);
});

function button(name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

/** Rows of what came from Salesforce. */
function webhooks(): Locator {
  return page.locator('.row', { has: page.locator('.from-salesforce') });
}

function row(text: string): Locator {
  return page.locator('.row', { hasText: text });
}

async function arrive(event: Parameters<typeof bodyOf>[0], changes: Record<string, unknown>): Promise<void> {
  const before = serving.told.filter((event) => event.type === 'delivered' && !isOwnPlace(event.target)).length;
  expect((await post(serving.webhookUrl, bodyOf(event, changes))).status).toBe(202);
  await serving.arrived(before + 1);
}

/** Waits for the value beside a term. */
async function fact(term: string, value: RegExp): Promise<void> {
  await page
    .locator('#opened dt', { hasText: new RegExp(`^${term}$`) })
    .locator('+ dd', { hasText: value })
    .waitFor();
}
