import { describe, expect, test } from 'vitest';

import { servedOrg } from '../e2e/served-org.ts';
import { browser } from './browser.ts';
import { loggedInByJwt, loggedInByToken } from './logins.ts';
import { salesforceCli } from './sf.ts';

const display = ['org', 'display', '--target-org', 'org'] as const;

const byBrowser = (url: string) => ['org', 'login', 'web', '--instance-url', url, '--alias', 'org'] as const;
/** How long the CLI waits for the browser, in milliseconds; its own choice is two minutes. */
const patience = { SF_WEB_OAUTH_SERVER_TIMEOUT: '60000' };

describe('the Salesforce CLI logs in to the local org', () => {
  test('by an access token, and knows the org; a revoked token is said to be expired', async () => {
    const { org, sf } = await loggedInByToken();
    expect(await sf.result(display)).toMatchObject({
      id: org.running.organizationId,
      username: org.running.username,
      connectedStatus: 'Connected',
      apiVersion: expect.stringMatching(/^\d\d\.0$/),
    });
    const list = await sf.result(['org', 'list']);
    expect(list.nonScratchOrgs).toHaveLength(1);
    expect(list.nonScratchOrgs[0]).toMatchObject({ alias: 'org', connectedStatus: 'Connected', isDevHub: false });

    await org.control('POST', '/sessions/revoke', {});
    expect((await sf.result(display)).connectedStatus).toBe('Session expired or invalid');
    const query = await sf.run(['data', 'query', '-q', 'SELECT Id FROM Case', '-o', 'org', '--json']);
    expect(query.exitCode).toBe(1);
    expect(query.json().name).toBe('INVALID_SESSION_ID');
  });

  test('refuses a token that the org does not know', async () => {
    const org = await servedOrg();
    const sf = await salesforceCli();
    const login = await sf.run(['org', 'login', 'access-token', '-r', org.running.url, '--no-prompt', '--json'], {
      env: { SF_ACCESS_TOKEN: `${org.running.organizationId}!never.issued` },
    });
    expect(login.exitCode).toBe(1);
    expect((await sf.result(['org', 'list', 'auth'])) as unknown[]).toEqual([]);
  });

  test('by JWT, and renews by itself a session that was revoked', async () => {
    const { org, sf } = await loggedInByJwt();
    const user = await sf.result(['org', 'display', 'user', '-o', 'org']);
    expect(user).toMatchObject({ username: org.running.username, profileName: 'System Administrator' });

    await org.control('POST', '/sessions/revoke', {});
    expect((await sf.result(display)).connectedStatus).toBe('Connected');
    const frontdoor = await sf.result(['org', 'open', '--url-only', '-o', 'org'], { env: { SF_DOMAIN_RETRY: '0' } });
    expect(frontdoor.url).toContain(`${org.running.url}/secur/frontdoor.jsp`);
  });

  test('by the browser, and renews by itself a session that was revoked', async () => {
    const org = await servedOrg();
    const sf = await salesforceCli();
    const { env, lastPage } = await browser(sf, 'allow');
    const login = await sf.result(byBrowser(org.running.url), { env: { ...env, ...patience } });
    expect(login).toMatchObject({ orgId: org.running.organizationId, username: org.running.username });
    expect(await lastPage()).toMatch(/^http:\/\/localhost:1717\/.*Authentication Successful/s);
    expect(await sf.result(display)).toMatchObject({ username: org.running.username, connectedStatus: 'Connected' });

    await org.control('POST', '/sessions/revoke', {});
    expect((await sf.result(display)).connectedStatus).toBe('Connected');
    const requests = (await org.requests()).map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`);
    expect(requests.slice(0, 3)).toEqual([
      'GET /services/oauth2/authorize',
      'POST /services/oauth2/authorize',
      'POST /services/oauth2/token',
    ]);
  });

  test('not by the browser, when the person there says no', async () => {
    const org = await servedOrg();
    const sf = await salesforceCli();
    const { env } = await browser(sf, 'deny');
    const login = await sf.run([...byBrowser(org.running.url), '--json'], { env: { ...env, ...patience } });
    expect(login.exitCode).toBe(1);
    expect(login.json()).toMatchObject({ name: 'access_denied', message: 'end-user denied authorization' });
    expect((await sf.result(['org', 'list', 'auth'])) as unknown[]).toEqual([]);
  });
});
