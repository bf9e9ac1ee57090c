import { expect, test } from 'vitest';

import { rawRequest } from '../../http/raw-request.ts';
import { openHouse, requestHead } from './doors.ts';

test.each([
  'evil.example',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  '127.0.0.1@evil.example',
  'evil.example:80@127.0.0.1',
  'evil.example#127.0.0.1',
  '169.254.169.254',
  '10.0.0.1',
  '[fe80::1]',
  'local host',
])('under the name %s nothing can be read, whatever token comes with it', async (host) => {
  const house = await openHouse();
  for (const { path, fields } of house.windows) {
    const { statuses, text } = await rawRequest(
      house.port,
      requestHead('GET', path, [`Host: ${host}`, ...fields, 'Connection: close']),
    );
    expect([404, 429, 400], `${path}: ${text.slice(0, 100)}`).toContain(statuses[0]);
    expect(text).not.toMatch(/opencx_sf_|"items"|"sessions"|<!doctype/i);
  }
});

test.each([
  ['a form', 'application/x-www-form-urlencoded', 'a=1'],
  ['a form with files', 'multipart/form-data; boundary=x', '--x--\r\n'],
  ['plain text that is JSON', 'text/plain', undefined],
  ['text that calls itself JSON too', 'text/plain; application/json', undefined],
  ['nothing', '', undefined],
])('what a page elsewhere can send without asking, %s, comes in by no door', async (_what, type, other) => {
  const house = await openHouse();
  for (const { name, path, fields, body } of house.doors) {
    const sent = other ?? body;
    const { statuses } = await rawRequest(
      house.port,
      requestHead('POST', path, [
        `Host: 127.0.0.1:${house.port}`,
        'Origin: https://evil.example',
        'Sec-Fetch-Site: cross-site',
        ...fields,
        ...(type === '' ? [] : [`Content-Type: ${type}`]),
        `Content-Length: ${Buffer.byteLength(sent)}`,
      ]) + sent,
    );
    expect(statuses, name).toEqual([name === 'webhook' ? 415 : 403]);
  }
  expect(await house.stillStands()).toEqual({ events: 0, status: 200 });
});

test('no page elsewhere is allowed to ask for more', async () => {
  const house = await openHouse();
  for (const { path } of [...house.doors, ...house.windows]) {
    const answer = await fetch(house.origin + path, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    const allowed = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'));
    expect([answer.ok, allowed], path).toEqual([false, []]);
  }
});
