import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { webhookContract } from '../../../src/blueprint/webhook-contract.ts';
import { bodyOf, contract, post, serve } from '../serving.ts';

describe('a webhook call', () => {
  test('is answered 202 with its id, and is in the store byte for byte, header fields in their order', async () => {
    const serving = await serve();
    const text = `  ${bodyOf('customerEmail', { subject: 'Grüße 👩‍🚒 \u2028' })}\n`;
    const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const answer = await post(serving.webhookUrl, text, { 'X-Salesforce-Stack-Depth': '1', traceparent: trace });

    expect(answer.status).toBe(202);
    const event = await serving.store.event(answer.body.id ?? '');
    expect(Buffer.from(event?.body ?? []).toString()).toBe(text);
    expect(event).toMatchObject({ name: 'customerEmail', orderKey: '500000000000001AAA', duplicates: 0 });
    expect(event?.headers).toContainEqual(['content-type', 'application/json; charset=UTF-8']);
    expect(event?.headers).toContainEqual(['traceparent', trace]);
    const [accepted] = await serving.heard('accepted');
    expect(accepted).toMatchObject({ eventId: event?.id, traceId: '0af7651916cd43dd8448eb211c80319c', targets: [] });
    expect(JSON.stringify(serving.told)).not.toContain(serving.token);
  });

  test('that comes again is answered 202 as a duplicate, told, counted, and kept once', async () => {
    const serving = await serve();
    const body = bodyOf();
    const first = await post(serving.webhookUrl, body);
    const again = await post(serving.webhookUrl, body);
    const both = await Promise.all([post(serving.webhookUrl, body), post(serving.webhookUrl, body)]);

    expect([again, ...both].map((answer) => [answer.status, answer.body])).toEqual(
      Array.from({ length: 3 }, () => [202, { id: first.body.id, duplicate: true }]),
    );
    expect(await serving.store.events({ limit: 10 })).toMatchObject([{ id: first.body.id, duplicates: 3 }]);
    expect((await serving.heard('duplicate', 3)).map(({ times }) => times)).toEqual([1, 2, 3]);
  });

  test('that comes twice at once is taken once', async () => {
    const serving = await serve();
    const body = bodyOf();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(serving.webhookUrl, body)));
    expect(answers.filter((answer) => answer.body.duplicate === true)).toHaveLength(7);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  });

  test('is read by the names that the configuration gives', async () => {
    const renamed = webhookContract({ events: { caseClosed: 'closed' }, keys: { caseId: 'ticket', event: 'kind' } });
    const serving = await serve({ contract: renamed });
    const { event: _event, case_id, ...rest } = JSON.parse(bodyOf('caseClosed')) as Record<string, unknown>;
    expect((await post(serving.webhookUrl, bodyOf('caseClosed'))).status).toBe(400);
    const answer = await post(serving.webhookUrl, JSON.stringify({ ...rest, kind: 'closed', ticket: case_id }));
    expect(answer.status).toBe(202);
    expect(await serving.store.event(answer.body.id ?? '')).toMatchObject({ name: 'caseClosed', orderKey: case_id });
  });

  test('of `webhook test` is told that somebody is there, and kept nowhere', async () => {
    const serving = await serve();
    const body = JSON.stringify({
      delivery_id: 'test-1',
      contract_version: contract.version,
      event: 'connection_test',
    });
    expect((await post(serving.webhookUrl, body)).status).toBe(200);
    expect(await serving.heard('connection-test')).toHaveLength(1);
    expect(await serving.store.events({ limit: 10 })).toEqual([]);
    expect(await serving.store.rejections(10)).toEqual([]);
  });
});

describe('a call that does not fit', () => {
  test.each([
    ['lacks a key', bodyOf('caseCreated', { case_id: undefined }), /case_id: /],
    ['has a wrong value', bodyOf('caseCreated', { case_id: '<script>alert(1)</script>' }), /case_id: /],
    ['names no event we know', bodyOf('caseCreated', { event: 'case_merged' }), /event: .*case_created/],
    ['has half a character in its delivery id', bodyOf('caseCreated', { delivery_id: '\uD800' }), /delivery_id: /],
    ['is no object', '"text"', /the body: /],
    ['is no JSON', '{"delivery_id":', /not JSON/],
    ['is empty', '', /not JSON/],
  ])(
    'and %s is answered 400 with the reason, kept for a person, and never repeated in the answer',
    async (_what, body, why) => {
      const serving = await serve();
      const answer = await post(serving.webhookUrl, body);
      expect(answer).toMatchObject({ status: 400, body: { error: expect.stringMatching(why) as string } });
      expect(answer.body.error).not.toMatch(/script|case_merged|"text"/);
      const [kept] = await serving.store.rejections(10);
      expect(kept).toMatchObject({ status: 400, reason: answer.body.error });
      expect(Buffer.from(kept?.body ?? []).toString()).toBe(body);
      const [told] = await serving.heard('rejected');
      expect(told).toMatchObject({ status: 400, rejectionId: kept?.id });
      expect(await serving.store.events({ limit: 10 })).toEqual([]);
    },
  );

  test.each([
    ['no JSON by its type', { 'content-type': 'text/plain' }],
    ['another charset', { 'content-type': 'application/json; charset=UTF-16' }],
    ['packed', { 'content-encoding': 'gzip' }],
  ])('because it is %s is answered 415 before its body is read', async (_what, headers) => {
    const serving = await serve();
    expect((await post(serving.webhookUrl, bodyOf(), headers)).status).toBe(415);
    expect(await serving.store.rejections(10)).toMatchObject([{ status: 415 }]);
  });

  test('names ten keys at most', async () => {
    const serving = await serve();
    const { body } = await post(serving.webhookUrl, '{"event":"case_created"}');
    expect(body.error?.split('; ')).toHaveLength(11);
    expect(body.error).toMatch(/and \d+ more$/);
  });
});

test('a bug is told here and not to who calls', async () => {
  const nameSchema = z.any().transform((): never => {
    throw new Error('something is undefined');
  });
  const serving = await serve({ contract: { ...contract, nameSchema } });
  expect(await post(serving.webhookUrl)).toMatchObject({
    status: 500,
    body: { error: 'The request could not be processed.' },
  });
  expect(await serving.heard('rejected')).toMatchObject([{ status: 500, reason: 'A bug: something is undefined' }]);
});

describe('too much', () => {
  test('of a body is answered 413, announced or not, and the connection is not broken before the answer', async () => {
    const serving = await serve({ limits: { maxBodyBytes: 20_000 } });
    const body = bodyOf('caseCreated', { case_description: 'x'.repeat(25_000) });
    expect((await post(serving.webhookUrl, body)).status).toBe(413);
    const stream = new Blob([body]).stream();
    const headers = { 'content-type': 'application/json' };
    const chunked = await fetch(serving.webhookUrl, { method: 'POST', body: stream, duplex: 'half', headers });
    expect(chunked.status).toBe(413);
    expect((await serving.store.rejections(10)).map(({ status, body }) => [status, body.length > 0])).toEqual([
      [413, true],
      [413, true],
    ]);
    expect((await post(serving.webhookUrl)).status).toBe(202);
  });

  test('at a time is answered 429 with a Retry-After, and is not kept', async () => {
    const serving = await serve({ limits: { webhooks: { perSecond: 0.1, burst: 3 } } });
    const answers = [];
    for (let nth = 0; nth < 4; nth += 1) answers.push(await post(serving.webhookUrl));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 429]);
    expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await serving.store.rejections(10)).toEqual([]);
  });
});
