import { expect, describe, test } from 'vitest';

import { askedWaitMs, httpStatusOf } from '../../../src/messaging/api/api-error.ts';
import { OpencxError } from '../../../src/errors/opencx-error.ts';
import { apiOf } from '../live-messaging.ts';
import { startScrt } from '../scripted-scrt.ts';

const identityToken = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.aWRlbnRpdHlTZWNyZXQ';
const bearer = () => 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.YWNjZXNz/U2Vj+cmV0';
const id = '5f0c7a52-3c1e-4e1b-9d43-5a1d2f6b7c80';

async function failureOf(request: Promise<unknown>): Promise<OpencxError> {
  try {
    await request;
  } catch (error) {
    if (error instanceof OpencxError) return error;
    throw error;
  }
  throw new Error('nothing failed');
}

describe('what is sent', () => {
  test('for tokens is what the reference names', async () => {
    const scrt = await startScrt();
    const api = await apiOf(scrt.url);
    await api.verifiedAccess(identityToken);
    await api.anonymousAccess();
    const [verified, anonymous] = scrt.requests;
    const usual = {
      orgId: '00D5g00000Ab1Cd',
      esDeveloperName: 'OpenCX',
      capabilitiesVersion: '1',
      platform: 'Web',
      context: { appName: 'opencx-sf', clientVersion: '0.0.0' },
    };
    expect(verified?.path).toBe('/iamessage/api/v2/authorization/authenticated/access-token');
    expect(verified?.body).toEqual({ ...usual, authorizationType: 'JWT', customerIdentityToken: identityToken });
    expect(anonymous?.path).toBe('/iamessage/api/v2/authorization/unauthenticated/access-token');
    expect(anonymous?.body).toEqual(usual);
    expect(anonymous?.headers.authorization).toBeUndefined();
  });

  test('names the session only with messages that open one', async () => {
    const scrt = await startScrt();
    const api = await apiOf(scrt.url);
    await api.createConversation(bearer, { conversationId: id, routingAttributes: { Origin: 'MIABOT' } });
    await api.sendMessage(bearer, id, {
      id,
      text: 'one',
      session: { routingAttributes: { Origin: 'MIABOT' }, language: 'de' },
    });
    await api.sendMessage(bearer, id, { id, text: 'two', inReplyTo: id });
    const [created, first, second] = scrt.requests;
    expect(created?.body).toEqual({
      conversationId: id,
      routingAttributes: { Origin: 'MIABOT' },
      esDeveloperName: 'OpenCX',
    });
    expect(first?.headers.authorization).toBe(`Bearer ${bearer()}`);
    const content = (text: string) => ({
      messageType: 'StaticContentMessage',
      staticContent: { formatType: 'Text', text },
    });
    expect(first?.body).toEqual({
      message: { id, ...content('one') },
      esDeveloperName: 'OpenCX',
      isNewMessagingSession: true,
      routingAttributes: { Origin: 'MIABOT' },
      language: 'de',
    });
    expect(second?.body).toEqual({
      message: { id, inReplyToMessageId: id, ...content('two') },
      esDeveloperName: 'OpenCX',
    });
  });

  test('of a file are its very bytes, under a name that cannot leave its place', async () => {
    const scrt = await startScrt();
    scrt.conversationId = id;
    const api = await apiOf(scrt.url);
    const bytes = Uint8Array.from({ length: 512 }, (_, index) => index % 256);
    const name = 'ünder "quotes"\r\nx-evil: 1.png';
    await api.sendMessage(bearer, id, { id, text: 'see', file: { id, name, mimeType: 'image/png', bytes } });
    const [received] = scrt.requests;
    const form = await new Response(new Uint8Array(received?.bytes ?? []), {
      headers: { 'content-type': received?.headers['content-type'] ?? '' },
    }).formData();
    expect([...form.keys()]).toEqual(['messageEntry', 'fileData']);
    expect(JSON.parse(form.get('messageEntry') as string)).toEqual({
      message: { id, fileId: id, text: 'see' },
      esDeveloperName: 'OpenCX',
    });
    const file = form.get('fileData') as File;
    expect(file.name).toBe(name);
    expect(file.type).toBe('image/png');
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
  });
});

describe('a refusal', () => {
  test.each([
    [
      400,
      { error: 'BAD_REQUEST', message: 'Set the esDeveloperName.' },
      'ORG_REFUSED',
      'BAD_REQUEST: Set the esDeveloperName.',
    ],
    [400, [{ errorCode: 'INVALID', message: 'In a list.' }], 'ORG_REFUSED', 'INVALID: In a list.'],
    [401, 'Jwt is expired', 'AUTH_FAILED', 'Jwt is expired'],
    [403, { message: 'Not yours.' }, 'PERMISSION_DENIED', 'Not yours.'],
    [404, { other: 'shape' }, 'ORG_REFUSED', '{"other":"shape"}'],
    [423, {}, 'ORG_REFUSED', 'HTTP 423'],
    [500, '', 'ORG_REFUSED', 'without a word'],
  ])('with %d and %j keeps what the org says', async (status, body, code, words) => {
    const scrt = await startScrt();
    scrt.otherwise(() => ({ status, body }));
    const failure = await failureOf((await apiOf(scrt.url)).listConversations(bearer, false));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(words);
    expect(httpStatusOf(failure)).toBe(status);
  });

  test('of an identity token points at key and issuer, and not at an access token that nobody has yet', async () => {
    const scrt = await startScrt();
    const api = await apiOf(scrt.url);
    scrt.otherwise(() => ({ status: 401, body: { message: 'no' } }));
    const exchanging = (await failureOf(api.verifiedAccess(identityToken))).nextSteps.join('\n');
    expect(exchanging).toContain('opencx-sf messaging register');
    expect(exchanging).toContain('issuer');
    expect(exchanging).not.toContain('get a new one');
    const listing = await failureOf(api.listConversations(bearer, false));
    expect(listing.nextSteps).toEqual([expect.stringContaining('get a new one')]);
  });

  test.each([
    ['7', 7000],
    ['0', 0],
    [new Date(Date.now() + 20_000).toUTCString(), 20_000],
    ['soon', undefined],
  ])('says with Retry-After %s how long to wait', async (retryAfter, ms) => {
    const scrt = await startScrt();
    scrt.otherwise(() => ({ status: 429, headers: { 'retry-after': retryAfter } }));
    const asked = askedWaitMs(await failureOf((await apiOf(scrt.url)).listConversations(bearer, false)));
    if (ms === undefined) expect(asked).toBeUndefined();
    else expect(Math.abs((asked ?? -1) - ms)).toBeLessThan(5000);
  });

  test('never holds a token, however the server echoes it', async () => {
    const scrt = await startScrt();
    const api = await apiOf(scrt.url);
    const json = (token: string) => JSON.stringify(token).replaceAll('/', '\\/');
    const echoes = [identityToken, bearer()].flatMap((token) => [
      token,
      `Bearer ${token}`,
      encodeURIComponent(token),
      `{"message":${json(token)}}`,
      `{"error":"BAD ${token}","message":"x"}`,
    ]);
    for (const body of echoes) {
      scrt.otherwise(() => ({ status: 400, body }));
      const failures = [
        await failureOf(api.verifiedAccess(identityToken)),
        await failureOf(api.listConversations(bearer, false)),
      ];
      const shown = failures.map((failure) => [failure.message, failure.stack, JSON.stringify(failure)].join()).join();
      for (const part of ['aWRlbnRpdHlTZWNyZXQ', 'YWNjZXNz']) expect(shown).not.toContain(part);
    }
  });

  test('of a token answer that is none does not show it either', async () => {
    const scrt = await startScrt();
    scrt.otherwise(() => ({ status: 200, body: { accessToken: 'secret\r\nx-evil: 1' } }));
    const failure = await failureOf((await apiOf(scrt.url)).anonymousAccess());
    expect(failure.code).toBe('ORG_UNEXPECTED_ANSWER');
    expect(failure.message).toContain('accessToken: is not a token');
    expect(JSON.stringify([failure.message, failure.stack])).not.toContain('secret');
  });
});

describe('what is no answer of the API', () => {
  test('a web page with status 200 is not taken for a message that was sent', async () => {
    const scrt = await startScrt();
    scrt.otherwise(() => ({
      status: 200,
      body: '<html>Sign in</html>',
      headers: { 'content-type': 'text/html; charset=utf-8' },
    }));
    const failure = await failureOf((await apiOf(scrt.url)).sendMessage(bearer, id, { id, text: 'x' }));
    expect(failure.code).toBe('ORG_UNEXPECTED_ANSWER');
  });

  test('a redirect is not followed with a token', async () => {
    const [scrt, elsewhere] = [await startScrt(), await startScrt()];
    scrt.otherwise(() => ({ status: 307, headers: { location: `${elsewhere.url}/steal` } }));
    const failure = await failureOf((await apiOf(scrt.url)).listConversations(bearer, false));
    expect(failure.code).toBe('ORG_UNEXPECTED_ANSWER');
    expect(elsewhere.requests).toEqual([]);
  });

  test('a server that does not answer is given up in time', async () => {
    const scrt = await startScrt();
    scrt.otherwise(() => ({ hang: true }));
    const failure = await failureOf(
      (await apiOf(scrt.url, { requestTimeoutMs: 100 })).listConversations(bearer, false),
    );
    expect(failure.code).toBe('NETWORK');
  });

  test('a request is stopped by its signal', async () => {
    const scrt = await startScrt();
    const stop = new AbortController();
    scrt.otherwise(() => {
      stop.abort();
      return { hang: true };
    });
    const failure = await failureOf((await apiOf(scrt.url)).listConversations(bearer, false, stop.signal));
    expect(failure.code).toBe('INTERRUPTED');
  });
});

test('members that Salesforce adds do no harm, entries with a payload of either form are read', async () => {
  const scrt = await startScrt();
  scrt.otherwise(() => ({
    status: 200,
    body: {
      somethingNew: 1,
      conversationEntries: [
        {
          identifier: 'a',
          entryType: 'Message',
          entryPayload: { x: 1 },
          transcriptedTimestamp: '12',
          relatedRecords: null,
        },
        { identifier: 'b', entryType: 'Message', entryPayload: '{"x":2}', transcriptedTimestamp: 13, brandNew: {} },
      ],
    },
  }));
  const api = await apiOf(scrt.url);
  const entries = await api.listEntries(bearer, id, { limit: 50, direction: 'FromStart', startTimestamp: 12 });
  expect(entries).toMatchObject([
    { entryPayload: { x: 1 }, transcriptedTimestamp: 12 },
    { entryPayload: { x: 2 }, transcriptedTimestamp: 13 },
  ]);
  expect(scrt.requests[0]?.query.toString()).toBe('limit=50&direction=FromStart&startTimestamp=12');
});
