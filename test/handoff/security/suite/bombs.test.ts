import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { rawRequest } from '../../http/raw-request.ts';
import { json, openHouse, requestHead, type House } from './doors.ts';

interface Sent {
  readonly name: string;
  readonly status: number;
}

async function sent(house: House, body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Sent[]> {
  const answers: Sent[] = [];
  for (const { name, path, fields } of house.doors) {
    const shown = Object.fromEntries(fields.map((field) => field.split(': ', 2)));
    const answer = await fetch(house.origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...shown, ...headers },
      body: Buffer.from(body),
    });
    answers.push({ name, status: answer.status });
  }
  return answers;
}

const large = Buffer.alloc(20 * 1024 * 1024, ' ');

test.each([
  ['gzip', gzipSync(large)],
  ['x-gzip', gzipSync(large)],
  ['deflate', deflateSync(large)],
  ['br', brotliCompressSync(large)],
  ['gzip, gzip', gzipSync(gzipSync(large))],
  ['zstd', Buffer.from('28b52ffd', 'hex')],
  ['identity, gzip', gzipSync(large)],
])('what is packed by %s is unpacked by nobody', async (coding, packed) => {
  const house = await openHouse();
  const answers = await sent(house, packed, { 'content-encoding': coding });
  // The inspector's one way in takes a few words: whatever else comes is no JSON to it.
  expect(answers).toEqual([
    { name: 'webhook', status: 415 },
    { name: 'api', status: 415 },
    { name: 'inspector', status: expect.toSatisfy((status: number) => status >= 400 && status < 500) as number },
  ]);
  expect(await house.stillStands()).toEqual({ events: 0, status: 200 });
});

test.each<[string, string | Uint8Array]>([
  ['a hundred thousand levels', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['levels that never end', '{"a":'.repeat(100_000)],
  [
    'two hundred thousand keys',
    JSON.stringify(Object.fromEntries(Array.from({ length: 200_000 }, (_, n) => [`k${n}`, n]))),
  ],
  ['a million small values', `{"event":[${'1,'.repeat(1_000_000)}1]}`],
  ['one key two hundred thousand times', `{${'"event":1,'.repeat(200_000)}"event":2}`],
  ['a number of a million digits', `{"event":${'9'.repeat(1_000_000)}}`],
  ['a number beyond all numbers', '{"event":1e999999}'],
  ['a key of a million characters', `{"${'k'.repeat(1_000_000)}":1}`],
  ['keys that objects have of themselves', '{"__proto__":{"event":"x"},"constructor":{"prototype":{"a":1}}}'],
  ['half of a character', String.raw`{"event":"\ud800"}`],
  ['bytes that are no UTF-8', Buffer.from('7b22c328223a317d', 'hex')],
  ['a byte order mark of UTF-16', Buffer.from('fffe7b007d00', 'hex')],
  ['an overlong slash', Buffer.from('7b22c0af223a317d', 'hex')],
])('JSON with %s is refused with a status of the caller, and others are served', async (_what, body) => {
  const house = await openHouse();
  for (const { name, status } of await sent(house, body)) {
    expect(status, name).toBeGreaterThanOrEqual(400);
    expect(status, name).toBeLessThan(500);
  }
  expect(await house.stillStands()).toEqual({ events: 0, status: 200 });
  expect(({} as Record<string, unknown>)['event']).toBeUndefined();
});

test('chunks without an end are cut off once they are too many, at every door', async () => {
  const house = await openHouse({ limits: { maxBodyBytes: 10_000, maxApiBodyBytes: 10_000 } });
  for (const { name, path, fields } of house.doors) {
    const chunk = `1000\r\n${' '.repeat(0x1000)}\r\n`;
    const framing = ['Transfer-Encoding: chunked', `Host: 127.0.0.1:${house.port}`];
    const pieces = [requestHead('POST', path, [json, ...fields, ...framing]), ...Array<string>(60).fill(chunk)];
    const answer = await rawRequest(house.port, pieces);
    expect(answer, name).toMatchObject({ statuses: [413], ended: true });
  }
  expect(await house.stillStands()).toEqual({ events: 0, status: 200 });
});
