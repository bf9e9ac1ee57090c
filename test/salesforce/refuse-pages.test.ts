import { expect, test } from 'vitest';

import { systemClock } from '../../src/clock.ts';
import { openOrg, type Org } from '../../src/salesforce/org.ts';
import { servedOrg } from '../e2e/served-org.ts';
import { wireTap, type WireTap } from '../e2e/wire-tap.ts';

const page =
  '\n<!DOCTYPE html><html><head><title>Guest network</title></head><body><p>Please sign in</p></body></html>';
const impatient = { ...systemClock, sleep: async () => undefined };

/** An org, opened, on whose way a network that wants a login has come. */
async function cutOff(): Promise<{ org: Org; tap: WireTap }> {
  const { running } = await servedOrg();
  const tap = await wireTap(running.url);
  const session = { instanceUrl: tap.url, accessToken: running.issueAccessToken(), source: 'access-token' as const };
  const org = await openOrg(session, { clock: impatient, preferredApiVersion: '66.0' });
  tap.page = page;
  tap.requests.length = 0;
  return { org, tap };
}

test.each<[string, (org: Org) => Promise<unknown>]>([
  ['a query', async (org) => await org.query('SELECT Id FROM Case', 'asking')],
  ['a query of the Tooling API', async (org) => await org.toolingQuery('SELECT Id FROM ApexClass', 'asking')],
  ['a REST request', async (org) => await org.rest('GET', '/limits', 'asking')],
  ['a REST request that writes', async (org) => await org.rest('POST', '/sobjects/Case', 'asking', {})],
  ['a text', async (org) => await org.text('/sobjects/ApexLog/07L000000000001/Body', 'asking')],
  ['SOAP readMetadata', async (org) => await org.readMetadata('CustomField', 'Case.Case_From__c', 'asking')],
  ['SOAP createMetadata', async (org) => await org.saveMetadata('create', 'Group', { fullName: 'A' }, 'asking')],
])('%s answered by a web page with status 200 tells the words of the page', async (_, ask) => {
  const { org } = await cutOff();
  await expect(ask(org)).rejects.toMatchObject({
    code: 'ORG_UNEXPECTED_ANSWER',
    message: expect.stringMatching(/web page in the place of the Salesforce API while asking: .*Please sign in/),
  });
});

test('a reading is asked again, as the page may be gone; a writing is not', async () => {
  const { org, tap } = await cutOff();
  await expect(org.rest('POST', '/sobjects/Case', 'asking', {})).rejects.toThrow();
  expect(tap.requests).toHaveLength(1);
  await expect(org.query('SELECT Id FROM Case', 'asking')).rejects.toThrow();
  expect(tap.requests.length).toBeGreaterThan(2);
});
