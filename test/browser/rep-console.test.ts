import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';

import { startLocalOrg } from '../../src/local-org/start-local-org.ts';
import { clientFor } from '../local-org/core/org-client.ts';
import { messagingOrgOf, openMessagingOrg } from '../local-org/messaging/messaging-org.ts';
import type { MessagingOrg } from '../local-org/messaging/messaging-org.ts';
import { payloadOf, V2 } from '../local-org/messaging/scrt-client.ts';
import type { Customer } from '../local-org/messaging/scrt-client.ts';
import { openChromium, openPage } from './chromium.ts';
import type { WatchedPage } from './chromium.ts';

const HOSTILE = '<img src=x onerror="document.title=\'owned\'"> & <b>bold</b>';
const SESSION = '0b0e2ed8-3f0f-4a0e-9b52-000000000001';
/** One transparent dot. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

let browser: Browser;
let org: MessagingOrg;
let watched: WatchedPage;
let page: Page;
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  org = await openMessagingOrg();
  watched = await openPage(browser, `${org.client.org.url}/_local/messaging/console`);
  ({ page } = watched);
});
afterEach(async () => {
  await page.close();
  expect(watched.errors).toEqual([]);
  expect(org.client.bugs).toEqual([]);
  await org.client.close();
});

it('takes a conversation from the offer to its end', async () => {
  const customer = await org.customer();
  const stream = await customer.stream();
  await customer.begin({ OpencxSessionId: SESSION, Priority: 'High' });
  await customer.say(HOSTILE);
  await becomeNew('Rita Rep');
  await page.getByRole('switch', { name: 'Online', checked: true }).waitFor();

  await button('Accept jane@customer.test').click();
  await stream.next((event) => event.data.includes('Rita Rep'));
  const messages = page.locator('#transcript .message');
  await expect.poll(() => messages.locator('p').allTextContents()).toEqual([HOSTILE]);
  expect(await page.locator('#transcript img').count()).toBe(0);
  await stream.next(({ event }) => event === 'CONVERSATION_READ_ACKNOWLEDGEMENT');
  await detail('OpencxSessionId', SESSION);
  await detail('OpencxSessionId__c', SESSION);
  await detail('Status', 'Active');
  await page.getByText('OpenCX Messaging0 waiting').waitFor();

  await type(customer, 'TypingStartedIndicator');
  await page.getByText('jane@customer.test is typing …').waitFor();
  await customer.say('Are you there?');
  await messages.filter({ hasText: 'Are you there?' }).waitFor();
  await page.locator('#typing:empty').waitFor({ state: 'attached' });

  const box = page.getByLabel('Reply.');
  await box.pressSequentially('Yes,');
  await stream.next(({ event }) => event === 'CONVERSATION_TYPING_STARTED_INDICATOR');
  await box.press('Shift+Enter');
  await box.pressSequentially('I am.');
  await box.press('Enter');
  await stream.next(({ event }) => event === 'CONVERSATION_TYPING_STOPPED_INDICATOR');
  const reply = await stream.next(({ event }) => event === 'CONVERSATION_MESSAGE');
  expect(payloadOf(reply).abstractMessage.staticContent.text).toBe('Yes,\nI am.');
  const mine = messages.filter({ hasText: 'Yes,' });
  await mine.getByText('Sent').waitFor();
  await expect.poll(() => box.inputValue()).toBe('');
  await acknowledge(customer, payloadOf(reply).abstractMessage.id, 'Delivery');
  await mine.getByText('Delivered').waitFor();
  await acknowledge(customer, payloadOf(reply).abstractMessage.id, 'Read');
  await mine.getByText('Read', { exact: true }).waitFor();

  await button('End').click();
  const ended = await stream.next((event) => event.data.includes('Ended'));
  expect(payloadOf(ended)).toMatchObject({ sessionStatus: 'Ended', sessionEndedByRole: 'Agent' });
  await page.getByText('session Ended by Agent').waitFor();
  await page.locator('#reply:disabled').waitFor();
  await detail('EndedByType', 'Agent');
  await expect.poll(() => page.title()).toBe('Rep console');
  stream.close();
});

it('passes files both ways, and runs none of them', async () => {
  const customer = await accepted();
  const stream = await customer.stream();
  await sendFile(customer, 'x\u202Egnp.html', 'text/html', '<script>parent.document.title = "owned"</script>');
  const save = button('Save x\uFFFDgnp.html');
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
  expect(await readFile(await download.path(), 'utf8')).toBe('<script>parent.document.title = "owned"</script>');
  expect(await page.locator('#transcript img, iframe, object').count()).toBe(0);

  await sendFile(customer, 'dot.png', 'image/png', PNG);
  const image = page.getByRole('img', { name: 'dot.png' });
  await image.waitFor();
  expect(await image.getAttribute('src')).toMatch(/^blob:/);
  await sendFile(
    customer,
    'drawing.svg',
    'image/svg+xml',
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
  );
  await button('Save drawing.svg').waitFor();
  expect(await page.locator('#transcript img').count()).toBe(1);

  await page
    .getByLabel('Send a file')
    .setInputFiles({ name: 'answer.txt', mimeType: 'text/plain', buffer: Buffer.from('42') });
  const sent = await stream.next((event) => event.data.includes('answer.txt'));
  const [attachment] = payloadOf(sent).abstractMessage.staticContent.attachments;
  expect(attachment).toMatchObject({ name: 'answer.txt', mimeType: 'text/plain', length: 2 });
  await button('Save answer.txt').waitFor();
  stream.close();
});

it('hands a session to another queue, declines it there, and is free again', async () => {
  const customer = await accepted();
  await button('Transfer …').click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Fallback/ })
    .click();
  await page.getByText(/transferred to .*Fallback/).waitFor();
  await button('Decline jane@customer.test').click();
  await page.getByText('work Declined').waitFor();
  await page.getByText(/Fallback1 waiting/).waitFor();
  await page.locator('#reply:disabled').waitFor();

  await org.agent('second@example.com', { name: 'Sam Second' });
  await org.accept('second@example.com');
  await page.getByText('Sam Second joined').waitFor();
  expect(await button('End').count()).toBe(0);
  expect((await customer.say('Hello?')).status).toBe(202);
  await page.getByText('Hello?').waitFor();
});

it('leaves a session, which is Inactive until the customer writes again', async () => {
  const customer = await accepted();
  await button('Leave').click();
  await page.getByText('session Inactive').waitFor();
  await detail('Status', 'Inactive');
  await customer.say('One more thing');
  await button('Accept jane@customer.test').waitFor();
  await expect.poll(() => page.title()).toBe('(1) Rep console');
});

it('counts what is not read, keeps what is not sent, and goes offline', async () => {
  const first = await accepted();
  await page.getByLabel('Reply.').fill('Half an ans');
  const second = await org.customer({ sub: 'joe@customer.test' });
  await second.begin();
  await button('Accept joe@customer.test').click();
  await page.getByRole('heading', { name: 'joe@customer.test' }).waitFor();
  expect(await page.getByLabel('Reply.').inputValue()).toBe('');
  await first.say('Still there?');
  await page.getByLabel('1 not read').waitFor();
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /jane@customer.test/ })
    .click();
  await page.locator('#transcript').getByText('Still there?').waitFor();
  expect(await page.getByLabel('Reply.').inputValue()).toBe('Half an ans');
  await page.getByLabel('1 not read').waitFor({ state: 'detached' });

  await page.getByRole('switch', { name: 'Online' }).click();
  await page.getByRole('switch', { name: 'Online', checked: false }).waitFor();
  expect((await org.control('GET', 'agents')).body.agents).toMatchObject([{ name: 'Rita Rep', online: false }]);
});

it('says what the org refuses', async () => {
  const customer = await org.customer();
  await customer.begin();
  await becomeNew('Rita Rep');
  const accept = button('Accept jane@customer.test');
  await accept.waitFor();
  // What the rep still sees when the customer has gone.
  await page.route('**/_local/messaging/events', (route) => route.abort());
  await page.route('**/_local/messaging/agent-work', (route) => route.abort());
  await customer.call(
    'DELETE',
    `${V2}/conversation/${customer.conversationId}/session?esDeveloperName=${org.deployed.deployment}`,
  );
  await accept.click();
  await page.getByRole('alert').getByText('The work is Canceled, not Assigned.').waitFor();
  await button('Dismiss').click();
  await page.getByText('The work is Canceled').waitFor({ state: 'detached' });
});

it('says since when the connection is lost, and catches up once it is back', async () => {
  await org.client.close();
  const dataDir = mkdtempSync(join(tmpdir(), 'rep-console-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const port = Number(new URL(org.client.org.url).port);
  org = await openMessagingOrg({}, { dataDir, port });
  const customer = await accepted();
  await org.client.close();
  await page.getByRole('alert').getByText('Connection lost since').waitFor();

  const scrtPort = Number(new URL(org.client.org.scrtUrl).port);
  const restarted = await startLocalOrg({ dataDir, port, scrtPort });
  org = messagingOrgOf(clientFor(restarted, org.client.token), org.deployed);
  await customer.say('Said while nobody listened');
  await page.locator('#transcript').getByText('Said while nobody listened').waitFor();
  await page.getByText('Connection lost since').waitFor({ state: 'hidden' });
  expect(await page.locator('#transcript .message').count()).toBe(1);
});

function button(name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

/** Makes a representative by the page's dialog. */
async function becomeNew(name: string): Promise<void> {
  await button('New …').click();
  await page.getByLabel('Name', { exact: true }).pressSequentially(name);
  await page.getByRole('dialog').getByRole('button', { name: 'Make' }).click();
}

/** A customer whose conversation is open before the rep. */
async function accepted(): Promise<Customer> {
  const customer = await org.customer();
  await customer.begin();
  await becomeNew('Rita Rep');
  await button('Accept jane@customer.test').click();
  await button('End').waitFor();
  return customer;
}

/** Waits for the value beside a term in the side panel. */
async function detail(term: string, value: string): Promise<void> {
  const terms = page.locator('#details dt', { hasText: new RegExp(`^${term}$`) });
  await terms.locator('+ dd', { hasText: new RegExp(`^${value}$`) }).waitFor();
}

async function type(customer: Customer, entryType: string): Promise<void> {
  const path = `${V2}/conversation/${customer.conversationId}/entry`;
  expect((await customer.call('POST', path, { entryType, id: randomUUID() })).status).toBe(202);
}

async function acknowledge(customer: Customer, conversationEntryId: string, entryType: string): Promise<void> {
  const path = `${V2}/conversation/${customer.conversationId}/acknowledge-entries`;
  const { status } = await customer.call('POST', path, {
    acks: [{ id: randomUUID(), entryType, conversationEntryId }],
  });
  expect(status).toBe(202);
}

async function sendFile(
  customer: Customer,
  name: string,
  type: string,
  content: string | Buffer<ArrayBuffer>,
): Promise<void> {
  const form = new FormData();
  const message = { id: randomUUID(), fileId: randomUUID(), text: '' };
  const entry = { message, esDeveloperName: org.deployed.deployment, isNewMessagingSession: false };
  form.append('messageEntry', new Blob([JSON.stringify(entry)], { type: 'application/json' }));
  form.append('fileData', new Blob([content], { type }), name);
  const { body, status } = await customer.call('POST', `${V2}/conversation/${customer.conversationId}/file`, form);
  expect(status, JSON.stringify(body)).toBe(202);
}
