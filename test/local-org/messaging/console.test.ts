import { afterEach, beforeEach, expect, it } from 'vitest';

import { openMessagingOrg } from './messaging-org.ts';
import type { MessagingOrg } from './messaging-org.ts';

const PAGE = '/_local/messaging/console';
const BASE = '/_local/messaging/base';

let org: MessagingOrg;
beforeEach(async () => {
  org = await openMessagingOrg();
});
afterEach(async () => {
  expect(org.client.bugs).toEqual([]);
  await org.client.close();
});

async function fetched(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return await fetch(org.client.org.url + path, { headers });
}

it('opens in a browser without a header, and runs nothing but its own scripts', async () => {
  const page = await fetched(PAGE);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  const policy = (page.headers.get('content-security-policy') ?? '').split('; ');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("connect-src 'self'");
  expect(policy).toContain("img-src 'self' blob:");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy.join(' ')).not.toContain('unsafe');
  const html = await page.text();
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=|https?:/);

  const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
  expect(parts).toHaveLength(6);
  for (const path of parts) {
    const part = await fetched(path);
    expect([path, part.status, part.headers.get('x-content-type-options')]).toEqual([path, 200, 'nosniff']);
    expect(part.headers.get('content-type')).toMatch(/^(?:text\/css|text\/javascript|image\/svg\+xml)/);
  }
});

it('serves the files of the page and no others', async () => {
  for (const name of ['nothing.js', 'types.d.ts', '..%2f..%2fpackage.json', 'index.html', '%2e%2e/tsconfig.json']) {
    for (const folder of [PAGE, BASE]) {
      const { status } = await fetched(`${folder}/${name}`, { 'X-Local-Org-Control': 'test' });
      expect([folder, name, status]).toEqual([folder, name, 404]);
    }
  }
});

it('gives no data to who does not send the header of the control API', async () => {
  const customer = await org.customer();
  await customer.begin();
  const conversation = `conversations/${customer.conversationId}`;
  for (const path of [
    'queues',
    'agents',
    'agent-work',
    'conversations',
    conversation,
    `${conversation}/sessions`,
    'events',
  ]) {
    const refused = await fetched(`/_local/messaging/${path}`);
    expect([path, refused.status]).toEqual([path, 403]);
    await refused.body?.cancel();
  }
});

it('tells what waits in each queue', async () => {
  const customer = await org.customer();
  await customer.begin();
  const { body } = await org.control('GET', 'queues');
  expect(body.queues).toMatchObject([
    { developerName: 'OpenCX_Fallback', waiting: 0 },
    { id: org.deployed.queueId, developerName: 'OpenCX_Messaging', name: 'OpenCX Messaging', waiting: 1 },
  ]);
  await org.agent();
  await org.accept();
  expect((await org.control('GET', 'queues')).body.queues[1].waiting).toBe(0);
});

it('tells of all sessions of a conversation what the org has stored, the latest first', async () => {
  const customer = await org.customer();
  await customer.begin({ OpencxSessionId: 'first' });
  await org.agent('rep@example.com', { name: 'Rita Rep' });
  await org.control('POST', `agent-work/${await org.accept()}/end`);
  await customer.say('Again', { isNewMessagingSession: true, routingAttributes: { OpencxSessionId: 'second' } });
  const { body } = await org.control('GET', `conversations/${customer.conversationId}/sessions`);
  expect(body.sessions).toMatchObject([
    { owner: 'OpenCX Messaging', fields: { Status: 'Waiting', EndTime: null, OpencxSessionId__c: 'second' } },
    { owner: 'Rita Rep', fields: { Status: 'Ended', EndedByType: 'Agent', OpencxSessionId__c: 'first' } },
  ]);
  expect((await org.control('GET', 'conversations/none/sessions')).status).toBe(404);
});

it('gives files to be saved, whatever they say they are', async () => {
  const customer = await org.customer();
  await customer.begin();
  await org.agent();
  const file = { name: 'page.html', mimeType: 'text/html', base64: Buffer.from('<b>').toString('base64') };
  await org.control('POST', `agent-work/${await org.accept()}/file`, file);
  const conversation = `conversations/${customer.conversationId}`;
  const { entries } = (await org.control('GET', conversation)).body;
  const [{ id }] = entries.flatMap(({ files = [] }: { files?: { id: string }[] }) => files);
  const { body, headers, status } = await org.control('GET', `${conversation}/files/${id}`);
  expect([status, body]).toEqual([200, '<b>']);
  expect(headers.get('content-disposition')).toBe('attachment');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});
