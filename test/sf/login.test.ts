import { describe, expect, test } from 'vitest';

import { servedOrg } from '../e2e/served-org.ts';
import { loggedInByJwt, loggedInByToken } from './logins.ts';
import { salesforceCli } from './sf.ts';

const display = ['org', 'display', '--target-org', 'org'] as const;

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
});
