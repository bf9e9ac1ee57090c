import { describe, expect, it } from 'vitest';

import { openMessagingOrg } from './messaging-org.ts';
import type { MessagingOptions } from './messaging-package.ts';
import { scrt, tokenBody, V2 } from './scrt-client.ts';

async function guestToken(options: MessagingOptions): Promise<[number, string]> {
  const { client } = await openMessagingOrg({ authMode: 'UnAuth', withFlow: false, ...options });
  try {
    const body = tokenBody(client.org, 'OpenCX');
    const answer = await scrt(client.org, 'POST', `${V2}/authorization/unauthenticated/access-token`, { body });
    return [answer.status, answer.body.message ?? answer.body.context.endUser.subject];
  } finally {
    await client.close();
  }
}

describe('a guest', () => {
  it('gets a token where the channel takes guests', async () => {
    const [status, subject] = await guestToken({});
    expect([status, subject]).toEqual([200, expect.stringMatching(/^v2\/iamessage\/ANON\//)]);
  });

  it.each<[string, MessagingOptions, string]>([
    ['a Web deployment', { deploymentType: 'Web' }, "Set the esDeveloperName to a deploymentType that's set to api."],
    ['an unpublished deployment', { publish: false }, 'The deployment OpenCX is not published.'],
    ['an inactive channel', { activate: false }, 'The channel OpenCX_Channel is not active.'],
    ['a channel for verified users', { authMode: 'Auth' }, 'Set the auth mode to false.'],
  ])('gets none for %s', async (_what, options, message) => {
    expect(await guestToken(options)).toEqual([400, message]);
  });

  it('gets another subject with each token, and is refused the former conversation', async () => {
    const org = await openMessagingOrg({ authMode: 'UnAuth', withFlow: false });
    const [one, other] = [await org.guest(), await org.guest()];
    expect(one.subject).not.toBe(other.subject);
    await one.begin();
    const path = `${V2}/conversation/${one.conversationId}/entries`;
    expect((await other.call('GET', path)).status).toBe(403);
    expect((await one.call('GET', path)).status).toBe(200);
    await org.client.close();
  });
});

describe('a key', () => {
  it('that is not active verifies nobody', async () => {
    const org = await openMessagingOrg({ isKeyActive: false });
    const { body, status } = await org.tokenFor();
    expect([status, body.message]).toEqual([401, expect.stringContaining('no active key')]);
    await org.client.close();
  });
});
