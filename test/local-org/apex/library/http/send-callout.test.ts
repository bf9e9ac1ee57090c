import { gzipSync } from 'node:zlib';

import { afterEach, describe, expect, it } from 'vitest';

import type { CalloutRequest } from '../../../../../src/local-org/apex/run/callouts/callouts.ts';
import { sendCallout } from '../../../../../src/local-org/apex/run/callouts/send-callout.ts';
import { openOrgState } from '../../../../../src/local-org/state/open-org.ts';
import { startFarSide } from './far-side.ts';
import type { FarSide } from './far-side.ts';

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function farSide(...args: Parameters<typeof startFarSide>): Promise<FarSide> {
  const started = await startFarSide(...args);
  open.push(started);
  return started;
}

function send(request: Partial<CalloutRequest> & { readonly url: string }, signal?: AbortSignal) {
  const org = openOrgState();
  open.push(org);
  return sendCallout(
    org.state,
    { method: 'GET', headers: [], body: new Uint8Array(), timeoutMs: 5000, maxResponseBytes: 1000, ...request },
    signal,
  );
}

describe('a callout on the network', () => {
  it('brings method, headers and bytes to the far side, and its answer back', async () => {
    const side = await farSide((response) => {
      response.writeHead(201, 'Made', { 'X-Kind': 'answer' }).end('grüße');
    });
    const result = await send({
      url: `${side.url}/hook?a=1`,
      method: 'PATCH',
      headers: [['X-Event', 'case.created']],
      body: new TextEncoder().encode('{"a":1}'),
    });
    expect(side.received).toMatchObject([
      { method: 'PATCH', path: '/hook?a=1', headers: { 'x-event': 'case.created', 'content-length': '7' } },
    ]);
    expect(side.received[0]?.body.toString()).toBe('{"a":1}');
    expect(side.received[0]?.headers['user-agent']).toMatch(/^SFDC-Callout\/\d+\.0$/);
    expect(result).toMatchObject({ statusCode: 201, status: 'Made' });
    expect('body' in result && new TextDecoder().decode(result.body)).toBe('grüße');
    expect('headers' in result && result.headers).toContainEqual(['X-Kind', 'answer']);
  });

  it('sends a DELETE with a body and a POST without one', async () => {
    const side = await farSide((response) => response.end());
    await send({ url: side.url, method: 'DELETE', body: new TextEncoder().encode('x') });
    await send({ url: side.url, method: 'POST' });
    expect(side.received.map((one) => [one.method, one.body.toString()])).toEqual([
      ['DELETE', 'x'],
      ['POST', ''],
    ]);
  });

  it('takes a redirect for the answer', async () => {
    const side = await farSide((response) => response.writeHead(302, { Location: '/elsewhere' }).end());
    expect(await send({ url: side.url })).toMatchObject({ statusCode: 302 });
    expect(side.received).toHaveLength(1);
  });

  it('unpacks a gzipped answer', async () => {
    const side = await farSide((response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('plain')),
    );
    const result = await send({ url: side.url });
    expect('body' in result && new TextDecoder().decode(result.body)).toBe('plain');
  });

  it('gives up in the words of the platform when no answer comes', async () => {
    const side = await farSide(() => undefined);
    expect(await send({ url: side.url, timeoutMs: 30 })).toEqual({ failure: 'Read timed out' });
  });

  it('says so when nobody listens', async () => {
    const side = await startFarSide(() => undefined);
    await side.close();
    expect(await send({ url: side.url })).toEqual({ failure: 'Connection refused' });
  });

  it('says so when the far side hangs up', async () => {
    const side = await farSide((response) => response.destroy());
    expect(await send({ url: side.url })).toEqual({ failure: 'Connection reset' });
  });

  it('refuses an answer that is too large', async () => {
    const side = await farSide((response) => response.end('x'.repeat(1001)));
    expect(await send({ url: side.url })).toEqual({
      failure: 'Exceeded max size limit of 1000 with response size 1001',
    });
  });

  it('can be given up from outside', async () => {
    const side = await farSide(() => undefined);
    const controller = new AbortController();
    const sent = send({ url: side.url }, controller.signal);
    controller.abort(new Error('The org stops.'));
    await expect(sent).rejects.toThrow('The org stops.');
  });
});
