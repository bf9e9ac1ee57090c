import { expect, test } from 'vitest';

import { rawRequest } from '../../http/raw-request.ts';
import { json, openHouse, requestHead, type Door } from './doors.ts';

const host = (port: number): string => `Host: 127.0.0.1:${port}`;

/** A whole request that must never be read as one. */
function inner({ path, fields, body }: Door, port: number): string {
  return requestHead('POST', path, [host(port), json, ...fields, `Content-Length: ${Buffer.byteLength(body)}`]) + body;
}

test.each([
  ['a length and chunks', ['Content-Length: 4', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
  ['chunks and a length', ['Transfer-Encoding: chunked', 'Content-Length: 4'], '0\r\n\r\n'],
  ['two lengths', ['Content-Length: 0', 'Content-Length: 40'], ''],
  ['two lengths in one field', ['Content-Length: 0, 40'], ''],
  ['a negative length', ['Content-Length: -1'], ''],
  ['a hexadecimal length', ['Content-Length: 0x4'], ''],
  ['a length that is a float', ['Content-Length: 4.0'], '{}{}'],
  ['a coding that is not chunked', ['Transfer-Encoding: xchunked'], '0\r\n\r\n'],
  ['a blank before the colon', ['Transfer-Encoding : chunked'], '0\r\n\r\n'],
  ['a tab before the colon', ['Transfer-Encoding\t: chunked'], '0\r\n\r\n'],
  ['a vertical tab in the coding', ['Transfer-Encoding: \x0bchunked'], '0\r\n\r\n'],
  ['a folded field', ['X-A: 1', '\tTransfer-Encoding: chunked'], '0\r\n\r\n'],
  ['chunked that is not last', ['Transfer-Encoding: chunked, identity'], '0\r\n\r\n'],
  ['a chunk that is signed', ['Transfer-Encoding: chunked'], '-1\r\n\r\n'],
  ['a chunk larger than numbers are', ['Transfer-Encoding: chunked'], 'fffffffffffffffff\r\n\r\n'],
  ['a chunk that ends with a line feed alone', ['Transfer-Encoding: chunked'], '2\n{}\n0\n\n'],
])('a request with %s is one request at most, at every door', async (_what, framing, body) => {
  const house = await openHouse();
  for (const door of house.doors) {
    const request = requestHead('POST', door.path, [host(house.port), json, ...door.fields, ...framing]) + body;
    const answer = await rawRequest(house.port, request + inner(door, house.port));
    expect(answer, door.name).toMatchObject({ statuses: [400], ended: true });
  }
  expect(await house.stillStands()).toEqual({ events: 0, status: 200 });
});

test('a request in the body of another one is its body, at every door', async () => {
  const house = await openHouse();
  for (const door of house.doors) {
    const smuggled = inner(door, house.port);
    const fields = [host(house.port), json, ...door.fields, `Content-Length: ${Buffer.byteLength(smuggled)}`];
    const answer = await rawRequest(house.port, requestHead('POST', door.path, fields) + smuggled);
    expect(answer.statuses, door.name).toHaveLength(1);
    expect(answer.statuses[0], door.name).toBeGreaterThanOrEqual(400);
  }
  expect(await house.stillStands()).toEqual({ events: 0, status: 200 });
});

test('a name that goes up and down in paths, in any spelling, leads nowhere', async () => {
  const house = await openHouse();
  const spellings = [
    '/inspector/../../package.json',
    '/inspector/..%2f..%2fpackage.json',
    '/inspector/%2e%2e/%2e%2e/package.json',
    '/inspector/..%5c..%5cpackage.json',
    '/inspector/....//....//package.json',
    '/inspector/%252e%252e%252fpackage.json',
    '/inspector/%c0%ae%c0%ae/package.json',
    '/inspector/look.css%00.js',
    '/base//etc/passwd',
    '/v1/../metrics/../../etc/passwd',
    '/v1/sessions/..%2f..%2f..%2fetc%2fpasswd',
    '//etc/passwd',
    '/\\..\\..\\package.json',
    'http://127.0.0.1/etc/passwd',
  ];
  const fields = [...(house.doors[1]?.fields ?? []), 'Connection: close'];
  for (const path of spellings) {
    const { statuses, text } = await rawRequest(house.port, requestHead('GET', path, [host(house.port), ...fields]));
    expect([400, 401, 404, 429], path).toContain(statuses[0]);
    expect(text, path).not.toMatch(/root:|"devDependencies"/);
  }
});
