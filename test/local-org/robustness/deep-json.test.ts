import { afterAll, beforeAll, expect, test } from 'vitest';

import { API, errorOf, openOrgClient } from '../core/org-client.ts';
import type { OrgClient } from '../core/org-client.ts';

// Code that walks JSON by recursion has only so much stack: what is nested deeper than anybody means is refused at once.
let client: OrgClient;
beforeAll(async () => {
  client = await openOrgClient();
});
afterAll(async () => {
  await client.close();
});

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

const bodies: [string, string, string][] = [
  ['a field', '/sobjects/Case', `{"Subject":${nested(200_000)}}`],
  [
    'a record of a collection',
    '/composite/sobjects',
    `{"records":[{"attributes":{"type":"Case"},"Subject":${nested(200_000)}}]}`,
  ],
  ['a record of a tree', '/composite/tree/Case', `{"records":${nested(200_000)}}`],
  [
    'the body of a sub-request',
    '/composite',
    `{"compositeRequest":[{"method":"POST","url":"${API}/sobjects/Case","referenceId":"a","body":{"Subject":${nested(200_000)}}}]}`,
  ],
  ['a quick deployment', '/metadata/deployRequest', `{"validatedDeployRequestId":${nested(200_000)}}`],
  ['a run of tests', '/tooling/runTestsAsynchronous', `{"maxFailedTests":${nested(200_000)}}`],
  ['metadata', '/tooling/sobjects/NamedCredential', `{"FullName":"A","Metadata":{"label":${nested(200_000)}}}`],
];

test.each(bodies)('JSON nested too deep in %s is refused', async (_what, path, body) => {
  expect(errorOf(await client.call('POST', API + path, body))).toMatchObject({
    status: 400,
    errorCode: 'JSON_PARSER_ERROR',
    message: expect.stringContaining('nesting depth'),
  });
  expect(client.bugs).toEqual([]);
});

test('brackets in a text are no nesting', async () => {
  const Description = '[{'.repeat(5000);
  const id = await client.create('Case', { Subject: 'a "quoted" \\', Description });
  expect((await client.query(`SELECT Description FROM Case WHERE Id = '${id}'`)).body.records).toEqual([
    expect.objectContaining({ Description }),
  ]);
});

test('a list where a text belongs is told by its bracket, however long it is', async () => {
  expect(errorOf(await client.call('POST', `${API}/sobjects/Case`, `{"Subject":${nested(900)}}`))).toMatchObject({
    status: 400,
    message: expect.stringContaining('Cannot deserialize instance of string from START_ARRAY value [ or'),
  });
});
