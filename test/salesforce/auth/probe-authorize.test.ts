import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import { probeAuthorize } from '../../../src/salesforce/auth/probe-authorize.ts';

const client = { key: '3MVG9.key', callbackUrl: 'https://api.example.com/oauth/callback?a=b' };

/** A server that answers every request the same, and the last request it got. */
async function authorizeServer(
  status: number,
  location?: string,
  page = '',
): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    asked.push(request.url ?? '');
    response.writeHead(status, location === undefined ? {} : { location }).end(page);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const errorPage = '/setup/secur/RemoteAccessErrorPage.apexp';

test.each([
  [`${errorPage}?error=invalid_client_id&error_description=client%20identifier%20invalid`, 'unknown-client'],
  [`${errorPage}?error=redirect_uri_mismatch&error_description=redirect_uri%20must%20match`, 'redirect-uri-mismatch'],
  ['https://login.example.com/?ec=302&startURL=%2Fsetup%2Fsecur%2FRemoteAccessAuthorizationPage.apexp', 'known'],
  [`${client.callbackUrl}&error=invalid_request&error_description=missing+required+code+challenge`, 'known'],
  ['https://other.my.salesforce.com/services/oauth2/authorize?client_id=x', 'unclear'],
])('a redirect to %s means %s', async (location, kind) => {
  const server = await authorizeServer(302, location);
  expect(await probeAuthorize(server.url, client)).toMatchObject({ kind });
  const [asked = ''] = server.asked;
  expect(server.asked).toHaveLength(1);
  expect(Object.fromEntries(new URL(asked, server.url).searchParams)).toEqual({
    response_type: 'code',
    client_id: client.key,
    redirect_uri: client.callbackUrl,
  });
});

test('pages tell it, too', async () => {
  const unknown = 'error=invalid_client_id&error_description=client identifier invalid';
  expect(await probeAuthorize((await authorizeServer(400, undefined, unknown)).url, client)).toEqual({
    kind: 'unknown-client',
  });
  expect(await probeAuthorize((await authorizeServer(200, undefined, '<h1>Log in</h1>')).url, client)).toEqual({
    kind: 'known',
  });
  const { url } = await authorizeServer(503, undefined, 'down');
  expect(await probeAuthorize(url, client)).toEqual({ kind: 'unclear', why: `${url} answered HTTP 503.` });
});
