import { createServer } from 'node:net';
import { once } from 'node:events';

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { systemClock } from '../../../src/clock.ts';
import { probeDeployment } from '../../../src/messaging/endpoint/probe-deployment.ts';
import { openWebClient } from '../../../src/salesforce/web-client.ts';
import { openMessagingOrg, type MessagingOrg } from '../../local-org/messaging/messaging-org.ts';
import { startScrt } from '../scripted-scrt.ts';

async function probe(scrtUrl: string, orgId: string, deployment: string) {
  const web = await openWebClient(new URL(scrtUrl));
  onTestFinished(() => web.close());
  return probeDeployment({ scrtUrl, orgId, deployment }, { web, clock: systemClock, clientVersion: '0.0.0' });
}

describe('a deployment asked for without a token', () => {
  let org: MessagingOrg;
  beforeAll(async () => {
    org = await openMessagingOrg();
  });
  afterAll(() => org.client.close());

  test('is published, or unknown in another case and another org', async () => {
    const { scrtUrl, organizationId } = org.client.org;
    const orgId = organizationId.slice(0, 15);
    const { deployment } = org.deployed;
    expect(await probe(scrtUrl, orgId, deployment)).toEqual({ state: 'published' });
    expect(await probe(scrtUrl, orgId, deployment.toLowerCase())).toMatchObject({ state: 'unknown' });
    expect(await probe(scrtUrl, '00D000000000001', deployment)).toMatchObject({ state: 'unknown' });
  });

  test('stays unclear where something else answers, or nothing does', async () => {
    const scrt = await startScrt();
    scrt.otherwise(() => ({ status: 200, body: '<html>Log in</html>', headers: { 'content-type': 'text/html' } }));
    expect(await probe(scrt.url, '00D5g00000Ab1Cd', 'OpenCX')).toMatchObject({
      state: 'unclear',
      said: expect.stringContaining('a web page in the place of the API'),
    });
    scrt.otherwise(() => ({ status: 302, headers: { location: 'https://elsewhere.example.com/' } }));
    expect(await probe(scrt.url, '00D5g00000Ab1Cd', 'OpenCX')).toMatchObject({ state: 'unclear' });
    scrt.otherwise(() => ({ status: 503 }));
    expect(await probe(scrt.url, '00D5g00000Ab1Cd', 'OpenCX')).toMatchObject({ state: 'unclear' });

    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const address = closed.address();
    closed.close();
    const port = typeof address === 'object' ? address?.port : undefined;
    expect(await probe(`http://127.0.0.1:${port}`, '00D5g00000Ab1Cd', 'OpenCX')).toMatchObject({ state: 'unclear' });
  });
});
