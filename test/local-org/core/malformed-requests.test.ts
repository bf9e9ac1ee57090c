import { createConnection } from 'node:net';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { API, openOrgClient } from './org-client.ts';
import type { OrgClient } from './org-client.ts';

const REQUESTS = 600;
let client: OrgClient;
beforeAll(async () => {
  client = await openOrgClient();
  await client.create('Case', { Subject: 'before' });
});
afterAll(async () => {
  await client.close();
});

/** The same numbers in [0, 1) each time (mulberry32), so that a failure can be had again. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const random = randomNumbers(20261120);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

const SOQL =
  "SELECT Id, Owner.Name, (SELECT Id FROM EmailMessages) FROM Case WHERE Subject LIKE 'a%' AND CreatedDate = TODAY GROUP BY Id ORDER BY Id NULLS LAST LIMIT 5";
const WORDS = [
  'SELECT',
  'FROM',
  "'",
  '(',
  ')',
  ',',
  '.',
  '%',
  'null',
  'COUNT(',
  ':x',
  '\\',
  '\u0000',
  '🔥',
  'Case__r',
  '9e999',
  '--',
  ';',
  'TYPEOF',
  'FIELDS(ALL)',
  'IN ()',
];
const JSONS = [
  '{',
  '[]',
  'null',
  '"x"',
  '{"a":',
  '{"Subject":{"a":[1]}}',
  '{"Id":"x"}',
  '{"__proto__":{"x":1},"constructor":1}',
  '{"Subject":"\\ud800"}',
  `{"Subject":"${'x'.repeat(400)}"}`,
  '{"attributes":5}',
  '{"ParentId":"500"}',
  '{"Owner":{"Username":"x"}}',
  '',
];
const PATHS = [
  '/sobjects/Case',
  '/sobjects/%00',
  '/sobjects/Case/../User',
  '/sobjects/constructor',
  '/sobjects/Case/__proto__',
  '/sobjects/Case/500/Subject',
  '/sobjects/User/005/%F0%9F%94%A5',
  '/query/01g-x',
  '/query',
  '/tooling/query',
  '/tooling/sobjects/ApexClass/x',
  '/limits/x',
  '/composite',
  '/jobs/ingest',
  '/sobjects/Case/Id/500',
  '/metadata/deployRequest/x',
  '/sobjects/Case/%zz',
  '/search',
];
const METHODS = ['GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'OPTIONS'];

/** A good query with pieces cut out, doubled, or put in from elsewhere. */
function spoiled(text: string): string {
  let result = text;
  for (let times = 1 + Math.floor(random() * 4); times > 0; times--) {
    const at = Math.floor(random() * result.length);
    const length = Math.floor(random() * 12);
    const piece = pick(['', pick(WORDS), result.slice(at, at + length).repeat(2), ` ${pick(WORDS)} `]);
    result = result.slice(0, at) + piece + result.slice(at + length);
  }
  return result;
}

it(`answers ${REQUESTS} malformed requests in Salesforce's shape, and lives`, async () => {
  const statuses = new Map<number, number>();
  for (let index = 0; index < REQUESTS; index++) {
    const kind = index % 3;
    const soql = spoiled(SOQL);
    const [method, path, body] =
      kind === 0
        ? ([
            'GET',
            `${API}${pick(['', '/tooling'])}/query?q=${encodeURIComponent(soql.toWellFormed())}`,
            undefined,
          ] as const)
        : kind === 1
          ? ([
              'POST',
              `${API}/sobjects/${pick(['Case', 'EmailMessage', 'User', 'ContentVersion', 'FieldPermissions'])}`,
              pick(JSONS),
            ] as const)
          : ([pick(METHODS), API + pick(PATHS), random() < 0.5 ? pick(JSONS) : undefined] as const);
    const answer = await client.call(method, path, method === 'GET' ? undefined : body);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const shown = `${method} ${path} ${body ?? ''} → ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`;
    if (answer.status < 300) continue;
    expect(answer.status, shown).not.toBe(500);
    expect(answer.body, shown).toMatchObject([
      { errorCode: expect.stringMatching(/^[A-Z_]+$/), message: expect.any(String) },
    ]);
  }
  expect(client.bugs).toEqual([]);
  // The suite is no good if it only ever says something that is right.
  const refused = [...statuses].filter(([status]) => status >= 400).reduce((sum, [, count]) => sum + count, 0);
  expect(refused).toBeGreaterThan(REQUESTS * 0.7);
  expect((await client.query('SELECT Subject FROM Case')).body.records).toContainEqual(
    expect.objectContaining({ Subject: 'before' }),
  );
});

it('answers or drops what is not even HTTP', async () => {
  const { hostname, port } = new URL(client.org.url);
  const send = (text: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = createConnection(Number(port), hostname, () => socket.end(text));
      let received = '';
      socket.on('data', (chunk: Buffer) => {
        received += chunk.toString();
      });
      socket.on('error', () => undefined);
      socket.on('close', () => {
        resolve(received);
      });
    });
  expect(await send('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/);
  expect(await send('GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/);
  expect(await send('GET http://[::bad HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 4\d\d/);
  await send(`POST ${API}/sobjects/Case HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nshort`);
  expect((await client.call('GET', `${API}/limits`)).status).toBe(200);
});
