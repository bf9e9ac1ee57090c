import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, onTestFinished, test } from 'vitest';

import { cli, inputs, temporaryFolder } from './cli.ts';
import { servedOrg } from './served-org.ts';

const plan = ['deploy-apex', ...inputs, '--dry-run', '--json'];
const remote = {
  SF_ORG_INSTANCE_URL: 'https://acme.my.salesforce.com',
  SF_ACCESS_TOKEN: '00D000000000001!AQ0AQExampleToken.1234567890',
};

/** A proxy that writes down where it was asked to connect to, and refuses. */
async function refusingProxy() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('behind a proxy', () => {
  test.each([['HTTPS_PROXY'], ['https_proxy']])('requests to an org go through %s', async (variable) => {
    const proxy = await refusingProxy();
    const run = await cli(plan, { cwd: await temporaryFolder(), env: { ...remote, [variable]: proxy.url } });
    expect(run.exitCode, run.stdout).toBe(1);
    expect(run.json().error?.code).toBe('NETWORK');
    expect(new Set(proxy.asked)).toEqual(new Set(['acme.my.salesforce.com:443']));
  });

  test('NO_PROXY is honoured', async () => {
    const proxy = await refusingProxy();
    const env = { ...remote, HTTPS_PROXY: proxy.url, NO_PROXY: '.salesforce.com' };
    const run = await cli(plan, { cwd: await temporaryFolder(), env });
    expect(run.json().error?.code).toBe('NETWORK');
    expect(proxy.asked).toEqual([]);
  });

  test('the local org is reached without it', async () => {
    const proxy = await refusingProxy();
    const org = await servedOrg();
    const env = { ...org.env, HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url };
    const run = await cli(plan, { cwd: await temporaryFolder(), env });
    expect(run.json().result?.outcome, run.stdout).toBe('planned');
    expect(proxy.asked).toEqual([]);
  });
});
