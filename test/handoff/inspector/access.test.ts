import { describe, expect, test } from 'vitest';

import { rawRequest } from '../http/raw-request.ts';
import { post, serve } from '../serving.ts';
import { inspect, type Inspecting } from './inspecting.ts';

const dataPaths = [
  '/api/status',
  '/api/live',
  '/api/events',
  '/api/har',
  '/api/rejections',
  '/api/events/x',
  '/api/sessions',
  '/api/sessions/x',
  '/api/sessions/x/opencx',
  '/api/fixtures',
  '/api/nothing',
];

async function rawStatus({ port }: Inspecting, path: string, fields: readonly string[]): Promise<number | undefined> {
  const request = [`GET ${path} HTTP/1.1`, 'Connection: close', ...fields, '', ''].join('\r\n');
  return (await rawRequest(port, request)).statuses[0];
}

describe('the page', () => {
  test('may run its own scripts alone, and makes no markup of text', async () => {
    const { origin } = await inspect();
    for (const path of ['/', '/inspector/inspector.js', '/base/dom.js', '/base/base.css', '/inspector/look/look.css']) {
      const answer = await fetch(origin + path);
      expect(answer.status).toBe(200);
      const policy = answer.headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'");
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    }
    const html = await (await fetch(origin)).text();
    expect(html).not.toMatch(/<script(?![^>]* src=)|\son\w+=|\sstyle=|https?:\/\//);
  });

  test('gives no other file', async () => {
    const { origin } = await inspect();
    for (const path of [
      '/inspector/types.d.ts',
      '/inspector/..%2fpackage.json',
      '/inspector/list/..%2f..%2fpackage.json',
      '/inspector/list/../../../package.json',
      '/inspector/page/page/state.js',
      '/inspector/%2e%2e/x.js',
      '/base/..%2finspector%2findex.html',
      '/base/inspector.js',
      '/index.html',
    ]) {
      expect((await fetch(origin + path)).status, path).toBe(404);
    }
  });

  test('is at a server that others can reach for nobody', async () => {
    const serving = await inspect({ host: '0.0.0.0' });
    expect(serving.inspectorUrl).toBeUndefined();
    for (const path of ['/', '/inspector/inspector.js', '/base/dom.js', ...dataPaths]) {
      expect((await fetch(`http://127.0.0.1:${serving.port}${path}`)).status, path).toBe(404);
    }
  });

  test('is there only where it is wanted', async () => {
    const { origins } = await serve();
    expect((await fetch(`${origins[0]}/`)).status).toBe(404);
  });
});

describe('a request that is not for this machine', () => {
  test.each([
    ['names another host, which was made to lead here', ['Host: evil.example']],
    ['names a host that looks like this one', ['Host: 127.0.0.1.evil.example']],
    ['came through a tunnel', ['Host: localhost', 'X-Forwarded-For: 203.0.113.7']],
    ['came through a proxy', ['Host: localhost', 'Forwarded: for=203.0.113.7']],
  ])('and %s finds nothing, with the token too', async (_what, fields) => {
    const serving = await inspect();
    const token = `Authorization: Bearer ${serving.inspectorToken}`;
    for (const path of ['/', '/inspector/inspector.js', '/base/dom.js', ...dataPaths]) {
      expect(await rawStatus(serving, path, [...fields, token]), path).toBe(404);
    }
  });
});

describe('data', () => {
  test('is for the token alone, whatever is asked', async () => {
    const serving = await inspect();
    const { id = '' } = (await post(serving.webhookUrl)).body;
    const wrong = [
      {},
      { authorization: 'Bearer wrong' },
      { authorization: `Basic ${serving.inspectorToken}` },
      { authorization: `Bearer ${serving.token}` },
      { cookie: `token=${serving.inspectorToken}` },
    ];
    for (const headers of wrong) {
      for (const path of [...dataPaths, `/api/events/${id}`, `/api/events/${id}/body`, `/api/events/${id}/har`]) {
        const answer = await fetch(`${serving.origin}${path}?token=${serving.inspectorToken}`, { headers });
        expect([401, 429], path).toContain(answer.status);
      }
      const replay = await fetch(`${serving.origin}/api/events/${id}/replay`, { method: 'POST', body: '{}', headers });
      expect([401, 429]).toContain(replay.status);
    }
    expect(await serving.store.events({ name: 'caseCreated', limit: 10 })).toHaveLength(1);
    expect((await serving.ask('/api/status')).status).toBe(200);
  });

  test('is guessed slowly, which keeps out nobody who has the token', async () => {
    const serving = await inspect({ limits: { misses: { perSecond: 0.1, burst: 3 } } });
    const statuses = [];
    for (let nth = 0; nth < 5; nth += 1) {
      statuses.push((await serving.ask('/api/status', { headers: { authorization: 'Bearer guess' } })).status);
    }
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect((await serving.ask('/api/status')).status).toBe(200);
  });

  test.each([
    ['of another site', { origin: 'https://evil.example' }],
    ['of another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['of no origin', { origin: 'null' }],
    ['that its browser calls foreign', { 'sec-fetch-site': 'cross-site' }],
    ['that its browser calls a neighbour', { 'sec-fetch-site': 'same-site' }],
  ])('is refused to a page %s, with the token too', async (_what, headers) => {
    const serving = await inspect();
    const { id = '' } = (await post(serving.webhookUrl)).body;
    const token = `Authorization: Bearer ${serving.inspectorToken}`;
    const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const host = `Host: 127.0.0.1:${serving.port}`;
    for (const path of dataPaths) expect(await rawStatus(serving, path, [host, token, ...fields])).toBe(403);
    const replay = ['POST', `/api/events/${id}/replay`, 'HTTP/1.1'].join(' ');
    const type = 'Content-Type: application/json';
    const request = [replay, host, token, type, ...fields, 'Content-Length: 2', '', '{}'].join('\r\n');
    expect((await rawRequest(serving.port, request)).statuses).toEqual([403]);
    expect(await serving.store.events({ name: 'caseCreated', limit: 10 })).toHaveLength(1);
  });

  test('is no page, and is not kept', async () => {
    const serving = await inspect();
    const { headers } = await serving.ask('/api/events');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual(['no-store', 'nosniff']);
  });
});
