import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openMessagingOrg } from './messaging-org.ts';
import type { MessagingOrg } from './messaging-org.ts';
import { scrt, tokenBody, V2 } from './scrt-client.ts';

let org: MessagingOrg;
beforeAll(async () => {
  org = await openMessagingOrg();
});
afterAll(async () => {
  expect(org.client.bugs).toEqual([]);
  await org.client.close();
});

describe('limits', () => {
  it('let a page begin three conversations in thirty seconds', async () => {
    const customer = await org.customer({ sub: randomUUID() });
    const create = () =>
      customer.call('POST', `${V2}/conversation`, { conversationId: randomUUID(), esDeveloperName: 'OpenCX' });
    const states = [];
    for (let number = 0; number < 4; number++) states.push((await create()).status);
    expect(states).toEqual([201, 201, 201, 429]);
    org.advance(30_000);
    expect((await create()).status).toBe(201);
  });

  it('let a customer send 22 messages a minute in a conversation', async () => {
    const customer = await org.customer({ sub: randomUUID() });
    await customer.begin();
    for (let number = 0; number < 22; number++) expect((await customer.say('Hello')).status).toBe(202);
    const refused = await customer.say('Hello');
    expect([refused.status, refused.body.error, refused.headers.get('retry-after')]).toEqual([
      429,
      'TOO_MANY_REQUESTS',
      null,
    ]);
    await org.settings({ retryAfter: true });
    org.advance(20_000);
    const told = await customer.say('Hello');
    expect(Number(told.headers.get('retry-after'))).toBeGreaterThan(30);
    org.advance(40_000);
    expect((await customer.say('Hello')).status).toBe(202);
    expect(await customer.entries('?entryTypeFilter=Message&limit=50')).toHaveLength(23);
    await org.settings({ retryAfter: false });
  });

  it('let an org ask for 200 tokens a minute, unless they are lifted', async () => {
    org.advance(60_000);
    const body = {
      ...tokenBody(org.client.org, 'OpenCX'),
      authorizationType: 'JWT',
      customerIdentityToken: await org.identityToken(),
    };
    const ask = async () =>
      (await scrt(org.client.org, 'POST', `${V2}/authorization/authenticated/access-token`, { body })).status;
    for (let number = 0; number < 200; number++) expect(await ask()).toBe(200);
    expect(await ask()).toBe(429);
    await org.settings({ rateLimits: false });
    expect(await ask()).toBe(200);
    await org.settings({ rateLimits: true });
    org.advance(60_000);
  });
});

describe('faults of the control API', () => {
  const fault = async (value: object): Promise<void> => {
    expect((await org.client.control('POST', 'faults', value)).status).toBe(201);
  };

  it.each([400, 401, 403, 404, 409, 417, 423, 429, 500, 503])('make Live Messaging answer %i', async (status) => {
    const customer = await org.customer({ sub: randomUUID() });
    await customer.begin();
    await fault({
      kind: 'status',
      status,
      body: '{"message":"planted"}',
      times: 1,
      match: { method: 'POST', path: '/conversation/[^/]+/message' },
    });
    const answer = await customer.say('Hello');
    expect([answer.status, answer.body]).toEqual([status, { message: 'planted' }]);
    expect((await customer.say('Hello')).status).toBe(202);
  });

  it('lose the answer of what was done', async () => {
    const customer = await org.customer({ sub: randomUUID() });
    await fault({ kind: 'drop-after', times: 1, match: { path: '/conversation$' } });
    await expect(customer.begin()).rejects.toThrow();
    expect((await customer.begin()).status).toBe(409);
  });

  it('break a stream before it begins', async () => {
    const customer = await org.customer({ sub: randomUUID() });
    await fault({ kind: 'status', status: 503, times: 1, match: { path: '/eventrouter/v1/sse' } });
    await expect(customer.stream()).rejects.toThrow('503');
    const stream = await customer.stream();
    stream.close();
  });

  it('are seen in the log of requests, with the origin and without tokens', async () => {
    await org.client.control('DELETE', 'requests');
    const customer = await org.customer({ sub: randomUUID() });
    await customer.begin();
    await org.records('SELECT Id FROM MessagingSession');
    const { body } = await org.client.control('GET', 'requests');
    expect(body.requests).toMatchObject([
      { origin: 'scrt', path: `${V2}/authorization/authenticated/access-token`, status: 200 },
      { origin: 'scrt', path: `${V2}/conversation`, status: 201 },
      { origin: 'org', path: '/services/data/v68.0/query', status: 200 },
    ]);
    expect(JSON.stringify(body)).not.toContain(customer.token);
  });
});

describe('the host of Live Messaging', () => {
  it('answers to this machine’s own names alone', async () => {
    const { port } = new URL(org.client.org.scrtUrl);
    const { request } = await import('node:http');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = request({ port, host: '127.0.0.1', path: '/', headers: { host: 'evil.example.com' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      call.on('error', reject);
      call.end();
    });
    expect(status).toBe(403);
  });

  it('is not the org, nor the other way round', async () => {
    expect((await scrt(org.client.org, 'GET', '/services/data')).status).toBe(404);
    expect(
      (await scrt(org.client.org, 'GET', '/_local/status', { headers: { 'x-local-org-control': 'x' } })).status,
    ).toBe(404);
    expect((await org.client.call('GET', `${V2}/conversation/list`)).status).toBe(404);
  });
});
