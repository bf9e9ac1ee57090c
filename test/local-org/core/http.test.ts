import { request } from 'node:http';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startLocalOrg } from '../../../src/local-org/start-local-org.ts';
import { API, answerOf, errorOf, openOrgClient } from './org-client.ts';
import type { OrgClient } from './org-client.ts';

let client: OrgClient;
beforeAll(async () => {
  client = await openOrgClient();
});
afterAll(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

/** A request whose target and Host header `fetch` would not send. */
function rawRequest(
  path: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(client.org.url);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path, method, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

describe('discovery', () => {
  it('lists the versions to whoever asks, the highest last', async () => {
    const { status, body } = await answerOf(await fetch(`${client.org.url}/services/data`));
    expect(status).toBe(200);
    expect(body.at(0)).toEqual({ label: "Summer '14", url: '/services/data/v31.0', version: '31.0' });
    expect(body.at(-1)).toEqual({ label: "Winter '27", url: '/services/data/v68.0', version: '68.0' });
  });

  it('lists the resources of a version to whoever is logged in', async () => {
    const { status, body, headers } = await client.call('GET', '/services/data/v51.0');
    expect(status).toBe(200);
    expect(body).toMatchObject({ sobjects: '/services/data/v51.0/sobjects', tooling: '/services/data/v51.0/tooling' });
    expect(headers.get('sforce-limit-info')).toMatch(/^api-usage=\d+\/15000$/);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('takes the double slash that the official CLI sends', async () => {
    const answer = await rawRequest('//services/data', { host: '127.0.0.1' });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('"68.0"');
  });
});

describe('who is let in', () => {
  it.each([
    ['no token', undefined],
    ['a token that never was', 'Bearer 00D000000000001!nonsense'],
    ['another scheme', 'Basic abc'],
  ])('refuses %s with 401', async (_, authorization) => {
    const response = await fetch(
      `${client.org.url}${API}/limits`,
      authorization === undefined ? {} : { headers: { authorization } },
    );
    expect(errorOf(await answerOf(response))).toEqual({
      status: 401,
      errorCode: 'INVALID_SESSION_ID',
      message: 'Session expired or invalid',
    });
  });

  it('takes the OAuth scheme as well as Bearer', async () => {
    const headers = { authorization: `OAuth ${client.token}` };
    expect((await fetch(`${client.org.url}${API}/limits`, { headers })).status).toBe(200);
  });

  it('refuses a request made out to another name, as a rebound web page would send', async () => {
    const answer = await rawRequest('/services/data', { host: 'evil.example:80' });
    expect(answer.status).toBe(403);
  });
});

describe('what is not there', () => {
  it.each([
    ['an unknown resource', 'GET', `${API}/nope`],
    ['a version too high', 'GET', '/services/data/v99.0/limits'],
    ['a version too low', 'GET', '/services/data/v30.0/limits'],
    ['an unknown object', 'GET', `${API}/sobjects/Nope/describe`],
    [
      'the describe of SourceMember, which an org without source tracking lacks',
      'GET',
      `${API}/tooling/sobjects/SourceMember/describe`,
    ],
    ['a path outside the API', 'GET', '/index.html'],
  ])('answers %s with 404', async (_, method, path) => {
    expect(errorOf(await client.call(method, path))).toEqual({
      status: 404,
      errorCode: 'NOT_FOUND',
      message: 'The requested resource does not exist',
    });
  });

  it('names the methods that are allowed', async () => {
    const answer = await client.call('DELETE', `${API}/limits`);
    expect(errorOf(answer)).toMatchObject({ status: 405, errorCode: 'METHOD_NOT_ALLOWED' });
    expect(answer.headers.get('allow')).toBe('GET');
  });

  it('says by name what it does not implement', async () => {
    const soql = encodeURIComponent('SELECT Id FROM Case FOR VIEW');
    expect(errorOf(await client.call('GET', `${API}/query?q=${soql}`))).toMatchObject({
      status: 501,
      errorCode: 'LOCAL_ORG_NOT_IMPLEMENTED',
    });
  });
});

describe('what real orgs have and this one has not', () => {
  it.each([
    ['GET', `${API}/search?q=FIND`, 'SOSL search (search)'],
    ['POST', `${API}/parameterizedSearch`, 'SOSL search (parameterizedSearch)'],
    ['POST', `${API}/jobs/ingest`, 'the Bulk API 2.0 (jobs)'],
    ['PATCH', `${API}/jobs/query/750000000000000`, 'the Bulk API 2.0 (jobs)'],
    ['GET', `${API}/analytics/reports`, 'the Reports and Dashboards API (analytics)'],
    ['GET', `${API}/connect/organization`, 'the Connect API (connect)'],
    ['GET', `${API}/apps`, 'the resource apps'],
    ['GET', '/services/apexrest/hello/1', 'Apex REST services (apexrest)'],
    ['GET', '/secur/frontdoor.jsp', 'the pages of a browser (secur)'],
  ])('%s %s is refused by name', async (method, path, thing) => {
    expect(errorOf(await client.call(method, path, method === 'GET' ? undefined : {}))).toEqual({
      status: 501,
      errorCode: 'LOCAL_ORG_NOT_IMPLEMENTED',
      message: `The local org does not implement ${thing}.`,
    });
  });

  it.each([`${API}/search`, '/services/apexrest/hello'])('%s asks for a session first', async (path) => {
    expect((await fetch(client.org.url + path)).status).toBe(401);
  });

  it.each(['u/68.0', 'c/68.0/00D000000000001', 'T/68.0', 'class/Hello'])(
    'the SOAP API %s says so by a fault, as SOAP clients read it',
    async (path) => {
      const envelope = '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"/>';
      const answer = await client.call('POST', `/services/Soap/${path}`, envelope, { 'content-type': 'text/xml' });
      expect(answer.status).toBe(500);
      expect(answer.headers.get('content-type')).toMatch(/^text\/xml/);
      expect(answer.body).toContain('<faultcode>sf:LOCAL_ORG_NOT_IMPLEMENTED</faultcode>');
      expect(answer.body).toContain(`/services/Soap/${path.split('/')[0]}`);
    },
  );
});

describe('bodies', () => {
  it('refuses a body larger than a deployment can be', async () => {
    const body = Buffer.alloc(65 * 1024 * 1024, 32);
    const headers = { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' };
    const response = await fetch(`${client.org.url}${API}/sobjects/Case`, { method: 'POST', headers, body });
    expect(errorOf(await answerOf(response))).toMatchObject({ status: 413, errorCode: 'REQUEST_ENTITY_TOO_LARGE' });
  });

  it('refuses one that is sent in chunks without saying its length', async () => {
    const chunk = new Uint8Array(1024 * 1024).fill(32);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        if (sent > 70) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const headers = { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body, duplex: 'half' };
    const response = await fetch(`${client.org.url}${API}/sobjects/Case`, init as RequestInit);
    expect(errorOf(await answerOf(response))).toMatchObject({ status: 413, errorCode: 'REQUEST_ENTITY_TOO_LARGE' });
  });

  it('takes PATCH by another name from clients that cannot send it', async () => {
    const id = await client.create('Account', { Name: 'Acme' });
    const answer = await client.call('POST', `${API}/sobjects/Account/${id}?_HTTP_METHOD=PATCH`, { Name: 'Apex' });
    expect(answer.status).toBe(204);
    expect((await client.call('GET', `${API}/sobjects/Account/${id}?fields=Name`)).body.Name).toBe('Apex');
  });
});

describe('limits', () => {
  it('count what was used', async () => {
    const before = (await client.call('GET', `${API}/limits`)).body.DailyApiRequests.Remaining as number;
    await client.query('SELECT Id FROM User');
    const after = (await client.call('GET', `${API}/limits`)).body;
    expect(after.DailyApiRequests.Remaining).toBe(before - 2);
    expect(after.SingleEmail).toEqual({ Max: 50, Remaining: 50 });
  });
});

describe('starting', () => {
  it('says so when the port is taken, and leaves nothing open', async () => {
    const port = Number(new URL(client.org.url).port);
    await expect(startLocalOrg({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('can be undone more than once, at the same time and later', async () => {
    const org = await startLocalOrg();
    await Promise.all([org.close(), org.close()]);
    await org.close();
    await expect(fetch(`${org.url}/services/data`)).rejects.toThrow('fetch failed');
  });
});
