import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { publish } from '../../../src/local-org/streaming/streaming-hub.ts';
import { publishTestResult } from '../../../src/local-org/streaming/system-topics.ts';
import { openOrgClient } from '../core/org-client.ts';
import type { OrgClient } from '../core/org-client.ts';

let client: OrgClient;

beforeEach(async () => {
  client = await openOrgClient();
});
afterEach(async () => {
  await client.close();
  expect(client.bugs).toEqual([]);
});

interface Reply {
  channel: string;
  clientId?: string;
  successful?: boolean;
  error?: string;
  advice?: { reconnect: string };
  [key: string]: unknown;
}

async function post(messages: unknown, options: { token?: string; path?: string } = {}): Promise<Reply[]> {
  const { token = client.token, path = '/cometd/36.0' } = options;
  const response = await fetch(client.org.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `OAuth ${token}` }) },
    body: JSON.stringify(messages),
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  return (await response.json()) as Reply[];
}

const greeting = {
  channel: '/meta/handshake',
  version: '1.0',
  supportedConnectionTypes: ['in-process', 'websocket', 'long-polling'],
  id: '1',
};

async function shakeHands(): Promise<string> {
  const [reply] = await post([greeting]);
  expect(reply).toMatchObject({ channel: '/meta/handshake', id: '1', successful: true, version: '1.0' });
  return reply?.clientId ?? '';
}

/** Connected and subscribed in one request, as the CLI's client does. */
async function subscribed(...channels: string[]): Promise<string> {
  const clientId = await shakeHands();
  const [connected, ...replies] = await post([
    { channel: '/meta/connect', clientId, connectionType: 'long-polling', id: '2', advice: { timeout: 0 } },
    ...channels.map((subscription) => ({ channel: '/meta/subscribe', clientId, subscription, id: subscription })),
  ]);
  expect(connected).toMatchObject({
    channel: '/meta/connect',
    id: '2',
    successful: true,
    advice: { reconnect: 'retry', interval: 0, timeout: 110_000 },
  });
  expect(replies).toEqual(
    channels.map((subscription) => ({
      channel: '/meta/subscribe',
      id: subscription,
      clientId,
      subscription,
      successful: true,
    })),
  );
  return clientId;
}

const connect = (clientId: string, more: object = {}): Promise<Reply[]> =>
  post([{ channel: '/meta/connect', clientId, connectionType: 'long-polling', id: '9', ...more }]);

const logging = '/systemTopic/Logging';

describe('a streaming client', () => {
  it('is told what happens on its channels while it waits', async () => {
    const clientId = await subscribed(logging);
    const waiting = connect(clientId);
    await new Promise(setImmediate);
    publish(client.org.state, '/systemTopic/TestResult', { other: 'channel' });
    publish(client.org.state, logging, { n: 1 });
    expect(await waiting).toEqual([
      { channel: logging, data: { n: 1 } },
      { channel: '/meta/connect', id: '9', clientId, successful: true },
    ]);
  });

  it('is told at once what happened while it was away', async () => {
    const clientId = await subscribed(logging);
    publish(client.org.state, logging, { n: 1 });
    publish(client.org.state, logging, { n: 2 });
    expect((await connect(clientId)).map(({ data }) => data)).toEqual([{ n: 1 }, { n: 2 }, undefined]);
    expect(await connect(clientId, { advice: { timeout: 0 } })).toHaveLength(1);
  });

  it('loses nothing when its connection breaks, nor when it connects twice', async () => {
    const clientId = await subscribed(logging);
    const broken = new AbortController();
    const lost = fetch(`${client.org.url}/cometd/36.0/connect`, {
      method: 'POST',
      signal: broken.signal,
      headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: '/meta/connect', clientId, connectionType: 'long-polling', id: '3' }),
    });
    const failed = expect(lost).rejects.toThrow();
    await new Promise(setImmediate);
    broken.abort();
    await failed;
    const first = connect(clientId);
    // The second takes the place of the first, which is answered empty.
    const second = connect(clientId);
    const early = await Promise.race([first, second]);
    expect(early).toEqual([{ channel: '/meta/connect', id: '9', clientId, successful: true }]);
    publish(client.org.state, logging, { n: 1 });
    expect((await Promise.all([first, second])).flat()).toContainEqual({ channel: logging, data: { n: 1 } });
  });

  it('hears no more of a channel it leaves, and is unknown once it says goodbye', async () => {
    const clientId = await subscribed(logging, '/systemTopic/TestResult');
    const [left] = await post({ channel: '/meta/unsubscribe', clientId, subscription: logging, id: '4' });
    expect(left).toMatchObject({ successful: true, subscription: logging });
    publish(client.org.state, logging, { n: 1 });
    expect(await connect(clientId, { advice: { timeout: 0 } })).toHaveLength(1);
    const [goodbye] = await post([{ channel: '/meta/disconnect', clientId, id: '5' }]);
    expect(goodbye).toEqual({ channel: '/meta/disconnect', id: '5', clientId, successful: true });
    expect(await connect(clientId)).toEqual([
      {
        channel: '/meta/connect',
        id: '9',
        clientId,
        successful: false,
        error: '403::Unknown client',
        advice: { reconnect: 'handshake', interval: 0 },
      },
    ]);
  });

  it('hears of a test run only what was committed', async () => {
    const clientId = await subscribed('/systemTopic/TestResult');
    const { state } = client.org;
    const start = (): string => {
      const { Id } = state.records.insert('AsyncApexJob', { Status: 'Queued' }, state.settings.adminUserId);
      publishTestResult(state, Id);
      return Id;
    };
    const failed = new Error('rolled back');
    expect(() =>
      state.transaction(() => {
        start();
        throw failed;
      }),
    ).toThrow(failed);
    const id = state.transaction(start);
    expect(await connect(clientId)).toMatchObject([
      { channel: '/systemTopic/TestResult', data: { event: { type: 'updated' }, sobject: { Id: id } } },
      { channel: '/meta/connect', successful: true },
    ]);
  });
});

describe('what a streaming client is refused', () => {
  it.each([
    ['without a session', '', '401::Request requires authentication'],
    ['with a session that is none', '00DLo0000000001!nope', '401::Authentication invalid'],
  ])('a handshake %s', async (_what, token, failureReason) => {
    expect(await post([greeting], { token })).toEqual([
      {
        channel: '/meta/handshake',
        id: '1',
        successful: false,
        error: '403::Handshake denied',
        advice: { reconnect: 'none' },
        ext: { sfdc: { failureReason } },
      },
    ]);
  });

  it('a connection whose session ends while it waits, or that is of another session', async () => {
    const clientId = await subscribed(logging);
    const { body } = await client.control('POST', 'sessions', {});
    const [stranger] = await post([{ channel: '/meta/connect', clientId, connectionType: 'long-polling' }], {
      token: body.accessToken as string,
    });
    expect(stranger?.error).toBe('403::Unknown client');
    const waiting = connect(clientId);
    await new Promise(setImmediate);
    await client.control('POST', 'sessions/revoke', {});
    publish(client.org.state, logging, {});
    expect(await waiting).toMatchObject([
      { successful: false, error: '401::Authentication invalid', advice: { reconnect: 'none' } },
    ]);
  });

  it.each([
    ['nothing', [], '400::Channel name not specified'],
    ['a name without a slash', 'Logging', "400::Channel subscriptions must start with a leading '/'"],
    ['what no org has', '/nowhere', '400::The channel you requested to subscribe to does not exist {/nowhere}'],
    [
      'what this org does not publish',
      '/event/Order__e',
      '501:/event/Order__e:LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement the streaming channel /event/Order__e.',
    ],
  ])('a subscription to %s', async (_what, subscription, error) => {
    const clientId = await shakeHands();
    const [reply] = await post([{ channel: '/meta/subscribe', clientId, subscription, id: '2' }]);
    expect(reply).toMatchObject({ channel: '/meta/subscribe', successful: false, error });
  });

  it('another transport, a version that is none, and publishing', async () => {
    const clientId = await shakeHands();
    const websocket = { channel: '/meta/connect', clientId, connectionType: 'websocket' };
    expect((await post([websocket]))[0]?.error).toBe('400::Invalid connection type websocket');
    const [callback] = await post([{ ...greeting, supportedConnectionTypes: ['callback-polling'] }]);
    expect(callback).toMatchObject({ successful: false, error: '400::Invalid connection type callback-polling' });
    expect((await post([greeting], { path: '/cometd' }))[0]?.error).toContain('API version in the URI is mandatory');
    expect((await post([greeting], { path: '/cometd/99.0' }))[0]?.error).toContain('Unsupported API version');
    expect((await post([{ channel: logging, clientId, data: {} }]))[0]).toMatchObject({ successful: false });
    expect((await fetch(`${client.org.url}/cometd/68.0`)).status).toBe(405);
  });

  it('a twenty-first client', async () => {
    for (let count = 0; count < 20; count++) await shakeHands();
    expect(await post([greeting])).toMatchObject([
      { successful: false, ext: { sfdc: { failureReason: '403::Organization concurrent user limit exceeded' } } },
    ]);
  });

  it.each(['', '[]', '{}', '[1]', 'null', '[{"channel":7}]'])('the body %j', async (body) => {
    const headers = { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' };
    const response = await fetch(`${client.org.url}/cometd/68.0`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject([{ errorCode: 'JSON_PARSER_ERROR' }]);
  });
});

it('an org that closes lets its waiting clients go', async () => {
  const other = await openOrgClient();
  const call = (messages: unknown): Promise<Response> =>
    fetch(`${other.org.url}/cometd/68.0`, {
      method: 'POST',
      headers: { authorization: `Bearer ${other.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(messages),
    });
  const [{ clientId }] = (await (await call([greeting])).json()) as [{ clientId: string }];
  const connection = { channel: '/meta/connect', clientId, connectionType: 'long-polling' };
  await call([connection]);
  const waiting = expect(call([connection])).rejects.toThrow();
  await new Promise(setImmediate);
  await other.close();
  await waiting;
  expect(other.bugs).toEqual([]);
});
