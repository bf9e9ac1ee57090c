import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';

import { openFarSide, type FarSide } from '../handoff/far-side.ts';
import { inspect, type Inspecting } from '../handoff/inspector/inspecting.ts';
import { bodyOf, everythingTo, post } from '../handoff/serving.ts';
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
  const fixturesFolder = await mkdtemp(join(tmpdir(), 'fixtures-'));
  onTestFinished(() => rm(fixturesFolder, { recursive: true, force: true }));
  far = await openFarSide();
  serving = await inspect({ routes: everythingTo(far.url), inspector: { token: 'of-this-test', fixturesFolder } });
  watched = await openPage(browser, `${serving.origin}/#token=of-this-test`);
  ({ page } = watched);
});
afterEach(async () => {
  await page.close();
  expect(watched.errors).toEqual([]);
});

it('fires an example with other values, of their kind', async () => {
  await page.getByRole('link', { name: 'Fixtures' }).click();
  await row('case_email_received').click();
  await page.getByLabel('case_subject', { exact: true }).fill('Made up');
  await page.getByLabel('is_first_message').uncheck();
  await page.getByRole('textbox', { name: 'cc_addresses', exact: true }).fill('["boss@customer.example"');
  await button('Fire').click();
  await page.getByText('cc_addresses is no JSON.').waitFor();
  await page.getByRole('textbox', { name: 'cc_addresses', exact: true }).fill('["boss@customer.example"]');
  // What others send meanwhile takes nothing away.
  await post(serving.webhookUrl, bodyOf('caseClosed'));
  await serving.arrived(1);
  await button('Fire').click();
  await page.getByText('Fired as').waitFor();
  await page.getByRole('heading', { name: 'case_email_received' }).waitFor();
  await serving.arrived(2);
  expect(JSON.parse(far.calls[1]?.body.toString() ?? '')).toMatchObject({
    case_subject: 'Made up',
    is_first_message: false,
    cc_addresses: ['boss@customer.example'],
    case_from: null,
  });
});

it('says why one is refused', async () => {
  await page.goto(`${serving.origin}/#/fixtures/case_created`);
  await page.getByLabel('case_id', { exact: true }).fill('');
  await button('Fire').click();
  await page.locator('#opened').getByText('The body does not fit the contract: case_id').waitFor();
});

it('keeps an event under a name, and fires it again', async () => {
  await post(serving.webhookUrl, bodyOf('caseCreated', { case_subject: 'Worth keeping' }));
  await row('Worth keeping').click();
  await button('Save as fixture …').click();
  await page.getByRole('dialog').getByLabel('Name').fill('worth-keeping');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved as worth-keeping').waitFor();
  await page.getByRole('heading', { name: 'worth-keeping' }).waitFor();
  await button('Save as fixture …').click();
  await page.getByRole('dialog').getByLabel('Name').fill('worth-keeping');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText('There is a fixture with the name "worth-keeping".').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await button('Fire').click();
  await page.getByText('Fired as').waitFor();
  await serving.arrived(2);
  const [first, second] = far.calls.map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>);
  expect(second).toMatchObject({ case_subject: 'Worth keeping' });
  expect(second?.['delivery_id']).not.toBe(first?.['delivery_id']);
  await page.goto(`${serving.origin}/#/fixtures/worth-keeping`);
  await button('Remove').click();
  await row('worth-keeping').waitFor({ state: 'detached' });
});

it('takes a key that is pressed before an event is read for that event', async () => {
  await post(serving.webhookUrl, bodyOf('caseCreated', { case_subject: 'Slow' }));
  await row('Slow').waitFor();
  const asked = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  await page.route('**/api/events/*', async (route) => {
    asked.resolve();
    await answered.promise;
    await route.continue();
  });
  await row('Slow').click();
  await page.keyboard.press('e');
  await asked.promise;
  expect(await page.getByRole('dialog').count()).toBe(0);
  answered.resolve();
  await page.getByRole('dialog').getByLabel('Body').waitFor();
});

it('gives away what the filter shows as one archive', async () => {
  await post(serving.webhookUrl, bodyOf('caseCreated', { case_subject: 'In it' }));
  await post(serving.webhookUrl, bodyOf('caseCreated', { case_subject: 'Not wanted' }));
  await serving.arrived(2);
  await page.getByLabel('Text in the body').fill('In it');
  await row('Not wanted').waitFor({ state: 'detached' });
  const [archive] = await Promise.all([page.waitForEvent('download'), button('HAR').click()]);
  expect(archive.suggestedFilename()).toBe('events.har');
  const { log } = JSON.parse(await readFile(await archive.path(), 'utf8')) as {
    log: { entries: { _direction: string }[] };
  };
  expect(
    log.entries.map(({ _direction }) => _direction),
    JSON.stringify(log),
  ).toEqual(['in', 'out']);
});

it('tells how everything is doing that it depends on', async () => {
  await page.getByRole('link', { name: 'Links' }).click();
  await row('store').click();
  await page.getByText('keeps what came and what became of it').last().waitFor();
  await far.close();
  await post(serving.webhookUrl);
  await serving.heard('far-side-down');
  await page.getByRole('list', { name: 'Links' }).getByText('fails since').click();
  await page.locator('#opened dt', { hasText: 'Why' }).waitFor();
  expect(await page.locator('#opened').textContent()).toContain(new URL(far.url).origin);
});

function button(name: string): Locator {
  return page.locator('#opened, #filters').getByRole('button', { name, exact: true });
}

function row(text: string): Locator {
  return page.locator('.row', { hasText: text });
}
