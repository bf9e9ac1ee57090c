import { describe, expect, test } from 'vitest';

import { defaultHttpLimits } from '../../../src/handoff/http/http-limits.ts';
import { rawRequest } from '../http/raw-request.ts';
import { mailHandoff, openApi, type Asking } from './asking.ts';

const paths = [
  '/v1/sessions',
  '/v1/sessions/x',
  '/v1/sessions/x/events',
  '/v1/events',
  '/v1/handoffs',
  '/v1/nothing',
  '/v1',
];

async function rawStatus({ port }: Asking, path: string, fields: readonly string[]): Promise<number | undefined> {
  const request = [`GET ${path} HTTP/1.1`, 'Connection: close', ...fields, '', ''].join('\r\n');
  return (await rawRequest(port, request)).statuses[0];
}

test('nothing but the document is there for who does not show the token', async () => {
  const api = await openApi({ limits: { ...defaultHttpLimits, misses: { perSecond: 1000, burst: 1000 } } });
  const wrong: Record<string, string>[] = [
    { authorization: '' },
    { authorization: 'Bearer wrong' },
    { authorization: `Basic ${api.token}` },
    { authorization: `Bearer ${api.token}x` },
    { authorization: '', cookie: `token=${api.token}` },
  ];
  for (const headers of wrong) {
    for (const path of paths) {
      const answer = await api.read(`${path}?token=${api.token}`, { headers });
      expect([answer.status, answer.headers.get('www-authenticate')], path).toEqual([401, 'Bearer']);
    }
    expect((await api.post('/v1/handoffs', mailHandoff(), headers)).status).toBe(401);
  }
  expect((await api.read('/v1/openapi.json', { headers: { authorization: '' } })).status).toBe(200);
  expect(await api.store.events({ limit: 10 })).toEqual([]);
  expect(JSON.stringify(api.told)).not.toContain(api.token);
});

test('the token is guessed slowly, which keeps out nobody who has it', async () => {
  const api = await openApi({ limits: { ...defaultHttpLimits, misses: { perSecond: 0.1, burst: 3 } } });
  const statuses = [];
  for (let nth = 0; nth < 5; nth += 1) {
    statuses.push((await api.read('/v1/sessions', { headers: { authorization: 'Bearer guess' } })).status);
  }
  expect(statuses).toEqual([401, 401, 401, 429, 429]);
  expect((await api.read('/v1/sessions')).status).toBe(200);
});

describe('a web page elsewhere', () => {
  test.each([
    ['whose name was made to lead here', ['Host: evil.example']],
    ['whose name looks like this one', ['Host: 127.0.0.1.evil.example']],
  ])('%s finds nothing, with the token too', async (_what, fields) => {
    const api = await openApi();
    const token = `Authorization: Bearer ${api.token}`;
    for (const path of [...paths, '/v1/openapi.json']) expect(await rawStatus(api, path, [...fields, token])).toBe(404);
  });

  test.each([
    ['that names its origin', 'Origin: https://evil.example'],
    ['at another port of this machine', 'Origin: http://127.0.0.1:1'],
    ['without an origin of its own', 'Origin: null'],
    ['that its browser calls foreign', 'Sec-Fetch-Site: cross-site'],
  ])('%s is refused, with the token too', async (_what, field) => {
    const api = await openApi();
    const known = [`Host: 127.0.0.1:${api.port}`, `Authorization: Bearer ${api.token}`];
    for (const path of paths) expect(await rawStatus(api, path, [...known, field]), path).toBe(403);
  });
});

test('a server that others reach answers by any name, to the token alone', async () => {
  const api = await openApi({ onLoopback: false });
  const host = 'Host: serve.example';
  expect(await rawStatus(api, '/v1/sessions', [host])).toBe(401);
  expect(await rawStatus(api, '/v1/sessions', [host, `Authorization: Bearer ${api.token}`])).toBe(200);
});

test.each([
  ['text/plain', 415],
  ['application/x-www-form-urlencoded', 415],
  ['multipart/form-data; boundary=x', 415],
  ['application/json; charset=iso-8859-1', 415],
  ['application/json; charset=utf-8', 202],
])('a body of the type %s is answered %i', async (type, wanted) => {
  const api = await openApi();
  expect((await api.post('/v1/handoffs', mailHandoff(), { 'content-type': type })).status).toBe(wanted);
});

test.each([
  ['no JSON', Buffer.from('{"a')],
  ['nothing', Buffer.from('')],
  ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ['nested without end', Buffer.from('['.repeat(100_000))],
])('a body that is %s is refused', async (_what, body) => {
  const api = await openApi();
  const { status, body: problem } = await api.post('/v1/handoffs', body);
  expect([status, problem['type']]).toEqual([400, 'urn:opencx-sf:problem:invalid-request']);
});

test('a body that is packed, or too large, is not read to its end', async () => {
  const api = await openApi({ limits: { ...defaultHttpLimits, maxApiBodyBytes: 1000 } });
  expect((await api.post('/v1/handoffs', mailHandoff(), { 'content-encoding': 'gzip' })).status).toBe(415);
  expect((await api.post('/v1/handoffs', mailHandoff({ summary: 'x'.repeat(1500) }))).status).toBe(413);
  expect((await api.post('/v1/handoffs', mailHandoff({ summary: 'x'.repeat(100_000) }))).status).toBe(413);
});

test('a body of millions of values is refused before they are looked at', async () => {
  const api = await openApi();
  const zeros = Buffer.from(`{"transcript":[${'0,'.repeat(5_000_000)}0]}`);
  const { status, body } = await api.post('/v1/handoffs', zeros);
  expect([status, body['detail']]).toEqual([413, 'The body has more than 100000 values.']);
});

test('a method that a path does not have is named, with those it has', async () => {
  const api = await openApi();
  const wrong: [string, string, string][] = [
    ['/v1/handoffs', 'GET', 'POST'],
    ['/v1/sessions', 'DELETE', 'GET, HEAD'],
    ['/v1/sessions/x', 'PATCH', 'GET, HEAD'],
    ['/v1/openapi.json', 'POST', 'GET, HEAD'],
  ];
  for (const [path, method, allow] of wrong) {
    const answer = await api.read(path, { method });
    expect([answer.status, answer.headers.get('allow')], path).toEqual([405, allow]);
  }
  expect((await api.read('/v1/handoff')).body).toMatchObject({ status: 404, type: 'urn:opencx-sf:problem:not-found' });
});

test('answers are no pages, and are not kept', async () => {
  const api = await openApi();
  const asked: [string, string][] = [
    ['/v1/sessions', api.token],
    ['/v1/sessions/x', api.token],
    ['/v1/openapi.json', ''],
    ['/v1/sessions', 'wrong'],
  ];
  for (const [path, token] of asked) {
    const { headers } = await api.read(path, { headers: { authorization: `Bearer ${token}` } });
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual(['no-store', 'nosniff']);
  }
});
