import { connect } from 'node:net';

import { describe, expect, test } from 'vitest';

import { newWebhookToken } from '../../../src/handoff/security/webhook-token.ts';
import { bodyOf, post, serve, type Serving } from '../serving.ts';
import { head, rawRequest } from './raw-request.ts';

const json = 'Content-Type: application/json';

function pathOf(serving: Serving): string {
  return new URL(serving.webhookUrl).pathname;
}

async function eventCount({ store }: Serving): Promise<number> {
  return (await store.events({ limit: 100 })).length;
}

describe('without the token', () => {
  test('a webhook is answered as any path that is not there: status, header fields and body', async () => {
    const serving = await serve();
    const [origin = ''] = serving.origins;
    const paths = [
      `/webhooks/salesforce/${newWebhookToken()}`,
      `/webhooks/salesforce/${serving.token.slice(0, -1)}`,
      `/webhooks/salesforce/${serving.token}x`,
      `/webhooks/salesforce/${serving.token.toUpperCase()}`,
      '/webhooks/salesforce/',
      '/webhooks/salesforce',
      `/webhooks/${serving.token}`,
      `/webhooks/salesforce/x/${serving.token}`,
      '/v1/handoffs',
      '/',
      '/.env',
    ];
    const seen = [];
    for (const path of paths) {
      for (const method of ['POST', 'GET', 'PUT']) {
        const body = method === 'GET' ? undefined : bodyOf();
        const answer = await fetch(origin + path, { method, ...(body === undefined ? {} : { body }) });
        const { date: _date, ...fields } = Object.fromEntries(answer.headers);
        seen.push(JSON.stringify([answer.status, fields, await answer.text()]));
      }
    }
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toMatch(/^\[404/);
    expect(await eventCount(serving)).toBe(0);
    expect(await serving.store.rejections(10)).toEqual([]);
  });

  test('guessing is slowed down, and keeps no webhook out', async () => {
    const serving = await serve({ limits: { misses: { perSecond: 0.1, burst: 5 } } });
    const [origin = ''] = serving.origins;
    const statuses = [];
    for (let nth = 0; nth < 7; nth += 1) {
      statuses.push((await post(`${origin}/webhooks/salesforce/${newWebhookToken()}`)).status);
    }
    expect(statuses).toEqual([404, 404, 404, 404, 404, 429, 429]);
    expect((await fetch(`${origin}/nothing`)).status).toBe(429);
    expect((await post(serving.webhookUrl)).status).toBe(202);
  });

  test('nothing is found by going up and down in paths', async () => {
    const serving = await serve();
    const targets = [
      '/webhooks/salesforce/../../healthz%00',
      '/webhooks/salesforce/..%2f..%2fetc%2fpasswd',
      '/..\\..\\etc\\passwd',
      '//evil.example/metrics',
      '/webhooks/salesforce/%2e%2e/%2e%2e/etc/passwd',
      'http://evil.example/healthz',
    ];
    for (const target of targets) {
      const request = `GET ${target} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`;
      const { statuses, text } = await rawRequest(serving.port, request);
      expect([400, 404], target).toContain(statuses[0]);
      expect(text).not.toContain('root:');
    }
  });
});

test('another method with the right token is told which one there is', async () => {
  const serving = await serve();
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    const answer = await fetch(serving.webhookUrl, { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  }
});

describe('a request that two servers could read in two ways', () => {
  const inner = (path: string): string => head(path, ['Host: localhost', json, 'Content-Length: 2']) + '{}';

  test.each([
    ['has a length and is chunked', ['Content-Length: 4', 'Transfer-Encoding: chunked']],
    ['is chunked and has a length', ['Transfer-Encoding: chunked', 'Content-Length: 4']],
    ['has two lengths', ['Content-Length: 4', 'Content-Length: 40']],
    ['has a length that is no number', ['Content-Length: 4, 40']],
    ['has a signed length', ['Content-Length: +4']],
    ['hides its coding', ['Transfer-Encoding: xchunked']],
    ['writes its coding with a blank before the colon', ['Transfer-Encoding : chunked']],
    ['folds a field', ['X-A: 1', ' Transfer-Encoding: chunked']],
    ['names its coding twice, chunked not last', ['Transfer-Encoding: chunked, identity']],
  ])('and %s is answered 400 once, and its connection ended', async (_what, fields) => {
    const serving = await serve();
    const path = pathOf(serving);
    const request = head(path, ['Host: localhost', json, ...fields]) + `0\r\n\r\n${inner(path)}`;
    const answer = await rawRequest(serving.port, request);
    expect(answer).toMatchObject({ statuses: [400], ended: true });
    expect(await eventCount(serving)).toBe(0);
  });

  test.each([
    ['no host', []],
    ['two hosts', ['Host: localhost', 'Host: evil.example']],
  ])('and has %s is answered 400', async (_what, hosts) => {
    const serving = await serve();
    const body = bodyOf();
    const request = head(pathOf(serving), [...hosts, json, `Content-Length: ${Buffer.byteLength(body)}`]) + body;
    expect((await rawRequest(serving.port, request)).statuses).toEqual([400]);
    expect(await eventCount(serving)).toBe(0);
  });

  test('and carries another one in its body carries a body, and no request', async () => {
    const serving = await serve();
    const smuggled = inner(pathOf(serving));
    const fields = ['Host: localhost', json, `Content-Length: ${smuggled.length}`];
    expect((await rawRequest(serving.port, head(pathOf(serving), fields) + smuggled)).statuses).toEqual([400]);
    expect(await serving.store.rejections(10)).toMatchObject([{ reason: 'The body is not JSON.' }]);
  });

  test('and comes behind one whose body is not read is still its own', async () => {
    const serving = await serve();
    const body = bodyOf();
    const refused = head(pathOf(serving), [
      'Host: localhost',
      'Content-Type: text/plain',
      `Content-Length: ${body.length}`,
    ]);
    const taken = head(pathOf(serving), ['Host: localhost', json, `Content-Length: ${body.length}`]);
    const answer = await rawRequest(serving.port, refused + body + taken + body);
    expect(answer.statuses).toEqual([415, 202]);
  });

  test('and puts control characters into fields is not taken', async () => {
    const serving = await serve();
    for (const field of ['X-A: a\u0000b', 'X-A: a\rX-B: b', 'X A: b', 'X-\u001b[2J: b']) {
      const request = head(pathOf(serving), ['Host: localhost', json, field, 'Content-Length: 0']);
      expect((await rawRequest(serving.port, request)).statuses).toEqual([400]);
    }
    expect(await serving.store.rejections(10)).toEqual([]);
  });
});

describe('header fields', () => {
  test('of more than 16 KiB together are answered 431', async () => {
    const serving = await serve();
    const request = head(pathOf(serving), [
      'Host: localhost',
      json,
      `X-Big: ${'x'.repeat(17_000)}`,
      'Content-Length: 0',
    ]);
    expect(await rawRequest(serving.port, request)).toMatchObject({ statuses: [431], ended: true });
  });

  test('of more than a hundred are answered 431, none left out silently', async () => {
    const serving = await serve();
    const many = Array.from({ length: 101 }, (_, nth) => `X-${nth}: 1`);
    const request = head(pathOf(serving), ['Host: localhost', json, ...many, 'Content-Length: 0']);
    expect((await rawRequest(serving.port, request)).statuses).toEqual([431]);
  });
});

describe('a body', () => {
  test('that is not UTF-8 is answered 400', async () => {
    const serving = await serve();
    const [before = '', after = ''] = bodyOf('caseCreated', { case_subject: '@@' }).split('@@');
    const broken = [
      [0xff, 0xfe],
      [0xc0, 0xaf],
      [0xed, 0xa0, 0x80],
      [0xf0, 0x9f],
    ];
    for (const bytes of broken) {
      const body = Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
      const answer = await post(serving.webhookUrl, new Uint8Array(body));
      expect(answer).toMatchObject({ status: 400, body: { error: 'The body is not UTF-8.' } });
    }
    expect(await eventCount(serving)).toBe(0);
  });

  test.each([
    ['nests arrays', (depth: number) => '['.repeat(depth) + ']'.repeat(depth)],
    ['nests objects', (depth: number) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)],
    ['opens and never closes', (depth: number) => '['.repeat(depth)],
  ])('that %s a million times is answered 400', async (_what, nested) => {
    const serving = await serve();
    const body = bodyOf().replace(/\}$/, `,"more":${nested(1_000_000)}}`);
    const answer = await post(serving.webhookUrl, body);
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringMatching(/deeper than 64/) as string } });
    expect((await post(serving.webhookUrl)).status).toBe(202);
  });

  test('with brackets in its texts nests no deeper for them', async () => {
    const serving = await serve();
    const body = bodyOf('caseCreated', { case_subject: `"\\${'['.repeat(200)}` });
    expect((await post(serving.webhookUrl, body)).status).toBe(202);
  });

  test('with keys that objects have of themselves changes nothing but itself', async () => {
    const serving = await serve();
    const body = bodyOf().replace(/\}$/, ',"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    expect((await post(serving.webhookUrl, body)).status).toBe(202);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('a slow client', () => {
  const limits = { headersTimeoutMs: 300, requestTimeoutMs: 600 };

  test('that does not end its head is answered 408 and dropped, while others are served', async () => {
    const serving = await serve({ limits });
    const slow = Array.from({ length: 20 }, () =>
      rawRequest(serving.port, `POST ${pathOf(serving)} HTTP/1.1\r\nHost: localhost\r\n`),
    );
    expect((await post(serving.webhookUrl)).status).toBe(202);
    for (const answer of await Promise.all(slow)) expect(answer).toMatchObject({ statuses: [408], ended: true });
  });

  test('that does not end its body is dropped, and nothing is taken', async () => {
    const serving = await serve({ limits });
    const request = head(pathOf(serving), ['Host: localhost', json, 'Content-Length: 5000']) + '{"delivery_id":';
    expect(await rawRequest(serving.port, request)).toMatchObject({ ended: true });
    expect(await eventCount(serving)).toBe(0);
  });

  test('that goes away in the middle of its body leaves nothing behind', async () => {
    const serving = await serve();
    const socket = connect(serving.port, '127.0.0.1');
    socket.write(head(pathOf(serving), ['Host: localhost', json, 'Content-Length: 5000']) + '{"delivery_id":');
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.resetAndDestroy();
    expect((await post(serving.webhookUrl)).status).toBe(202);
    expect(await eventCount(serving)).toBe(1);
  });
});

test('more connections than allowed are closed, and the others go on', async () => {
  const serving = await serve({ limits: { maxConnections: 5 } });
  const idle = Array.from({ length: 5 }, () => connect(serving.port, '127.0.0.1'));
  await Promise.all(idle.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
  expect(await rawRequest(serving.port, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')).toMatchObject({
    statuses: [],
    ended: true,
  });
  idle[0]?.destroy();
  await expect
    .poll(async () => {
      const last = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
      return (await rawRequest(serving.port, last)).statuses;
    })
    .toEqual([200]);
  for (const socket of idle) socket.destroy();
});
