import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { API, openOrgClient } from '../core/org-client.ts';
import type { OrgClient } from '../core/org-client.ts';

let client: OrgClient;
beforeEach(async () => {
  client = await openOrgClient();
});
afterEach(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

const limits = (): Promise<number> => client.call('GET', `${API}/limits`).then(({ status }) => status);
const fault = async (value: object): Promise<void> => {
  const { status, body } = await client.control('POST', 'faults', value);
  expect(status, JSON.stringify(body)).toBe(201);
};

describe('the control API', () => {
  it('answers only those who send its header, which a web page cannot', async () => {
    expect((await client.call('GET', '/_local/status')).status).toBe(403);
    expect((await client.call('POST', '/_local/reset', {})).status).toBe(403);
    expect((await client.control('GET', 'status')).status).toBe(200);
  });

  it('tells what org this is', async () => {
    expect((await client.control('GET', 'status')).body).toMatchObject({
      organizationId: client.org.organizationId,
      name: 'Local Org',
      kind: 'developer',
      apiVersion: '68.0',
      username: client.org.username,
      components: { ApexClass: 0 },
      pid: process.pid,
    });
  });

  it('turns the org into another kind', async () => {
    const kindOf = async () =>
      (await client.query('SELECT OrganizationType, IsSandbox FROM Organization')).body.records[0];
    expect(await kindOf()).toMatchObject({ OrganizationType: 'Developer Edition', IsSandbox: false });
    await client.control('PATCH', 'settings', { kind: 'sandbox' });
    expect(await kindOf()).toMatchObject({ OrganizationType: 'Enterprise Edition', IsSandbox: true });
    await client.control('PATCH', 'settings', { kind: 'production', deployPace: { queueMs: 5, componentMs: 1 } });
    expect(await kindOf()).toMatchObject({ IsSandbox: false });
    expect(client.org.state.settings.deployPace).toEqual({ queueMs: 5, componentMs: 1 });
    expect((await client.control('PATCH', 'settings', { kind: 'moon' })).status).toBe(400);
  });

  it('begins anew, and nobody is logged in any more', async () => {
    await client.create('Account', { Name: 'Acme' });
    const { body } = await client.control('POST', 'reset');
    expect(body.organizationId).not.toBe(client.token.slice(0, 15));
    expect(await limits()).toBe(401);
    expect(client.org.state.records.all('Account')).toEqual([]);
    expect(body.username).toBe(client.org.username);
  });

  it('logs requests without tokens', async () => {
    await client.control('DELETE', 'requests');
    await client.query('SELECT Id FROM Case');
    await client.call('GET', `${API}/nope`);
    const { body } = await client.control('GET', 'requests');
    expect(body.requests).toMatchObject([
      { method: 'GET', path: `${API}/query`, query: '?q=SELECT%20Id%20FROM%20Case', status: 200 },
      { method: 'GET', path: `${API}/nope`, status: 404 },
    ]);
    expect(JSON.stringify(body)).not.toContain(client.token);
  });

  it.each([
    ['/id/00D/005?access_token=SECRET', '/id/00D/005', '?access_token=blanked'],
    ['/secur/frontdoor.jsp?sid=SECRET&retURL=%2Fhome', '/secur/frontdoor.jsp', '?sid=blanked&retURL=%2Fhome'],
    ['/services/oauth2/revoke?token=SECRET', '/services/oauth2/revoke', '?token=blanked'],
    ['/services/oauth2/authorize?client_id=a&state=b', '/services/oauth2/authorize', '?client_id=a&state=b'],
    [`${API}/limits?S%69d=SECRET&x=1`, `${API}/limits`, '?S%69d=blanked&x=1'],
    [`${API}/limits?code=SECRET&refresh_token=SECRET`, `${API}/limits`, '?code=blanked&refresh_token=blanked'],
    [`${API}/limits?x=SECRET.&y=1`, `${API}/limits`, '?x=blanked&y=1'],
    [`${API}/limits?url=%2Ffd%3Fsid%3DSECRET%26x`, `${API}/limits`, '?url=%2Ffd%3Fsid%3Dblanked'],
    [`${API}/SECRET`, `${API}/blanked`, ''],
    [`${API}/limits?`, `${API}/limits`, ''],
  ])('keeps no key to the org of %s', async (target, path, query) => {
    for (const secret of [client.token, encodeURIComponent(client.token).replaceAll('!', '%21')]) {
      await client.control('DELETE', 'requests');
      await client.call('GET', target.replaceAll('SECRET', secret));
      const { body } = await client.control('GET', 'requests');
      expect(body.requests).toMatchObject([{ path, query }]);
    }
  });
});

describe('faults', () => {
  it('answer in the place of the org, as often as asked and no more', async () => {
    await fault({ kind: 'status', status: 503, body: '[]', match: { method: 'GET', path: '/limits$' }, times: 2 });
    expect([await limits(), await limits(), await limits()]).toEqual([503, 503, 200]);
  });

  it('can wait for their turn', async () => {
    await fault({ kind: 'status', status: 420, match: { path: '/limits' }, after: 1, times: 1 });
    expect([await limits(), await limits(), await limits()]).toEqual([200, 420, 200]);
    const { body } = await client.control('GET', 'faults');
    expect(body.faults).toMatchObject([{ seen: 3, hits: 1 }]);
  });

  it('can be a web page where JSON is awaited', async () => {
    await fault({ kind: 'html', status: 200, match: { path: '/limits' } });
    const answer = await client.call('GET', `${API}/limits`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.body).toContain('<html>');
  });

  it('look into the body and the decoded query', async () => {
    await fault({ kind: 'status', status: 500, match: { method: 'POST', path: '/sobjects/', body: 'Poison' } });
    await fault({ kind: 'status', status: 502, match: { path: 'FROM Account' } });
    await client.create('Account', { Name: 'Fine' });
    expect((await client.call('POST', `${API}/sobjects/Account`, { Name: 'Poison' })).status).toBe(500);
    expect((await client.query('SELECT Id FROM Account')).status).toBe(502);
    expect((await client.query('SELECT Id FROM Case')).status).toBe(200);
  });

  it('can drop the connection before anything is done', async () => {
    await fault({ kind: 'drop', match: { method: 'POST', path: '/sobjects/Account' }, times: 1 });
    await expect(client.create('Account', { Name: 'Lost' })).rejects.toThrow('fetch failed');
    expect(client.org.state.records.all('Account')).toEqual([]);
  });

  it('can drop it after all is done, which is worse', async () => {
    await fault({ kind: 'drop-after', match: { method: 'POST', path: '/sobjects/Account' }, times: 1 });
    await expect(client.create('Account', { Name: 'Made' })).rejects.toThrow('fetch failed');
    expect(client.org.state.records.all('Account')).toMatchObject([{ Name: 'Made' }]);
  });

  it('can only be slow', async () => {
    await fault({ kind: 'delay', ms: 150, match: { path: '/limits' } });
    const start = performance.now();
    expect(await limits()).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(140);
  });

  it('go when they are told to', async () => {
    await fault({ kind: 'status', status: 503, match: { path: '.' } });
    expect(await limits()).toBe(503);
    await client.control('DELETE', 'faults');
    expect(await limits()).toBe(200);
  });

  it.each([
    [{ kind: 'explode', match: { path: '.' } }],
    [{ kind: 'status', match: { path: '.' } }],
    [{ kind: 'drop', match: { path: '(' } }],
    [{ kind: 'drop' }],
  ])('%j is refused with what is wrong with it', async (value) => {
    const { status, body } = await client.control('POST', 'faults', value);
    expect(status).toBe(400);
    expect(body[0].errorCode).toBe('INVALID_REQUEST');
    expect(body[0].message).toMatch(/→ at|Invalid/);
  });
});
