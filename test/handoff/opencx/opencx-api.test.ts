import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import { systemClock } from '../../../src/clock.ts';
import { openOpencxApi, type OpencxApi } from '../../../src/handoff/opencx/opencx-api.ts';
import { openWebClient } from '../../../src/salesforce/web-client.ts';

const apiKey = 'ocx_live_4fJq81mVz0';
const id = '0b54e0cf-31e4-4d0e-93cf-0d7d4d4f0001';

interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

interface Asked {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** A server that speaks as OpenCX's API is documented to. */
async function opencx(
  answer: (path: string, asked: readonly Asked[]) => Answer | 'hang',
  timeoutMs?: number,
): Promise<{ api: OpencxApi; asked: readonly Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const { method = '', url = '', headers } = incoming;
      asked.push({ line: `${method} ${url}`, authorization: headers.authorization, body: await bodyOf(incoming) });
      const given = answer(url, asked);
      if (given === 'hang') return;
      const body = typeof given.body === 'string' ? given.body : JSON.stringify(given.body ?? {});
      outgoing.writeHead(given.status ?? 200, { 'content-type': 'application/json', ...given.headers }).end(body);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const client = await openWebClient(baseUrl);
  onTestFinished(async () => {
    await client.close();
    server.closeAllConnections();
    server.close();
  });
  const wait = timeoutMs === undefined ? {} : { timeoutMs };
  return { api: openOpencxApi({ baseUrl, apiKey, client, clock: systemClock, ...wait }), asked };
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

test('a session is read with its key, and tells which Case holds it', async () => {
  const { api, asked } = await opencx(() => ({
    body: {
      id,
      status: 'open',
      channel: { type: 'email' },
      language: 'de',
      contact: { id: 'c', email: 'ada@example.com' },
      handoff: { summary: 'Wants a refund', sentiment: 'angry' },
      ticketing_system: { name: 'salesforce', external_id: '500000000000001AAA', id_type: 'case_id' },
      created_at: '2026-11-29T10:00:00.000Z',
      updated_at: null,
      something_new: [1],
    },
  }));
  expect(await api.session(id)).toEqual({
    id,
    status: 'open',
    channel: 'email',
    language: 'de',
    handoff: { summary: 'Wants a refund', sentiment: 'angry' },
    heldBy: { system: 'salesforce', id: '500000000000001AAA', idType: 'case_id' },
    createdAt: '2026-11-29T10:00:00.000Z',
  });
  expect(asked).toEqual([{ line: `GET /chat/sessions/${id}`, authorization: `Bearer ${apiKey}`, body: '' }]);
});

test('a history is read page by page, and comes in order', async () => {
  const message = (at: string, text: string): unknown => ({
    created_at: at,
    event: { type: 'message', sender: { type: 'contact' }, content: { type: 'text', text } },
  });
  const pages: Record<string, unknown> = {
    [`/chat/sessions/${id}/history`]: {
      items: [message('2026-11-29T10:02:00Z', 'three'), message('2026-11-29T10:01:00Z', 'two')],
      next: 'a/b+c=',
    },
    [`/chat/sessions/${id}/history?cursor=a%2Fb%2Bc%3D`]: {
      items: [
        message('2026-11-29T10:00:00Z', 'one'),
        { created_at: '2026-11-29T10:03:00Z', event: { type: 'handoff_to_salesforce_miaw', extra: { a: 1 } } },
      ],
      next: null,
    },
  };
  const { api } = await opencx((path) => ({ body: pages[path] ?? { items: [], next: null } }));
  const history = await api.history(id);
  expect(history?.truncated).toBe(false);
  expect(history?.items.map(({ type, text }) => text ?? type)).toEqual([
    'one',
    'two',
    'three',
    'handoff_to_salesforce_miaw',
  ]);
  expect(history?.items[0]).toEqual({ at: '2026-11-29T10:00:00Z', type: 'message', sender: 'contact', text: 'one' });
});

test('a history without an end is read so far, and says that there is more', async () => {
  const { api, asked } = await opencx((_path, { length }) => ({ body: { items: [], next: `cursor-${length}` } }));
  expect(await api.history(id)).toEqual({ items: [], truncated: true });
  expect(asked).toHaveLength(20);
});

test('a cursor that stays the same is not asked for again', async () => {
  const { api, asked } = await opencx(() => ({ body: { items: [], next: 'same' } }));
  await api.history(id);
  expect(asked).toHaveLength(2);
});

test('OpenCX is asked to look at a conversation', async () => {
  const { api, asked } = await opencx(() => ({ status: 201 }));
  await api.sync(id);
  expect(asked).toMatchObject([{ line: 'POST /salesforce/miaw/webhook', authorization: `Bearer ${apiKey}` }]);
  expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ event: 'message:new', session_id: id });
});

test('a session that OpenCX has not is no error', async () => {
  const { api } = await opencx(() => ({ status: 404, body: { statusCode: 404, message: 'Not found' } }));
  expect(await api.session(id)).toBeUndefined();
  expect(await api.history(id)).toBeUndefined();
  await expect(api.sync(id)).rejects.toThrow(/answered HTTP 404 while asking OpenCX to look at a session: Not found/);
});

test('an id is a part of the path, whatever is in it', async () => {
  const { api, asked } = await opencx(() => ({ status: 404 }));
  await api.session('../contacts?x=1#y');
  expect(asked[0]?.line).toBe('GET /chat/sessions/..%2Fcontacts%3Fx%3D1%23y');
});

test.each([
  [
    401,
    { statusCode: 401, message: `Bad key ${apiKey}`, error: 'Unauthorized' },
    'AUTH_FAILED',
    /401.*: Unauthorized: Bad key \[redacted\]$/,
  ],
  [
    403,
    { statusCode: 403, message: 'Missing scope', error: 'Forbidden' },
    'PERMISSION_DENIED',
    /Forbidden: Missing scope$/,
  ],
  [400, { statusCode: 400, message: ['a must be b', 'c must be d'] }, 'ORG_REFUSED', /: a must be b; c must be d$/],
  [500, 'boom\u001b[31m\nmore', 'ORG_REFUSED', /answered HTTP 500 while reading a session of OpenCX: boom/],
  [502, '<!doctype html><title>Bad gateway</title>', 'ORG_REFUSED', /: a web page, and not the API$/],
  [204, '', 'ORG_UNEXPECTED_ANSWER', /is not what OpenCX's API answers/],
  [200, { id: 7 }, 'ORG_UNEXPECTED_ANSWER', /is not what OpenCX's API answers: id: /],
] as const)('answer %d is told in OpenCX’s own words, without the key', async (status, body, code, message) => {
  const { api } = await opencx(() => ({ status, body }));
  const error: unknown = await api.session(id).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string });
  expect(JSON.stringify(error) + String(error)).not.toContain(apiKey);
});

test('the key goes to no other host', async () => {
  const other = await opencx(() => ({}));
  const { api } = await opencx(() => ({ status: 302, headers: { location: 'http://127.0.0.1:1/chat' } }));
  await expect(api.session(id)).rejects.toThrow(/answered HTTP 302/);
  expect(other.asked).toEqual([]);
});

test('an answer that does not come, and one that is stopped, end', async () => {
  const { api } = await opencx(() => 'hang', 50);
  await expect(api.session(id)).rejects.toMatchObject({
    code: 'NETWORK',
    message: expect.stringContaining('No answer') as string,
  });
  const { api: patient } = await opencx(() => 'hang');
  await expect(patient.session(id, AbortSignal.timeout(20))).rejects.toMatchObject({ code: 'INTERRUPTED' });
});
