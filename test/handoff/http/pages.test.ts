import { describe, expect, test } from 'vitest';

import type { HandoffStore } from '../../../src/handoff/store/handoff-store.ts';
import { openFarSide } from '../far-side.ts';
import { bodyOf, everythingTo, openTestStore, post, serve } from '../serving.ts';
import { rawRequest } from './raw-request.ts';

describe('health', () => {
  test('is told alive and ready while it runs', async () => {
    const { origins } = await serve();
    const [origin = ''] = origins;
    expect(await (await fetch(`${origin}/healthz`)).text()).toBe('ok\n');
    expect(await (await fetch(`${origin}/readyz`)).text()).toBe('ready\n');
  });

  test('is told unready, and webhooks 503, while the store fails; it recovers by itself', async () => {
    const { store } = await openTestStore();
    let full = true;
    // The full disk of the store itself is tried in its own tests; here it is what the server makes of it.
    const failing: HandoffStore = {
      ...store,
      accept: (event, deliveries) =>
        full ? Promise.reject(new Error('the disk is full')) : store.accept(event, deliveries),
    };
    const serving = await serve({ store: failing });
    const [origin = ''] = serving.origins;
    const body = bodyOf();
    const answer = await post(serving.webhookUrl, body);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
    expect(answer.body.error).not.toContain('disk');
    expect(await serving.heard('store-failing')).toMatchObject([{ reason: 'the disk is full' }]);
    const ready = await fetch(`${origin}/readyz`);
    expect([ready.status, await ready.text()]).toEqual([503, 'the store fails\n']);

    full = false;
    expect(await post(serving.webhookUrl, body)).toMatchObject({
      status: 202,
      body: { id: expect.any(String) as string },
    });
    expect(await serving.heard('store-working')).toHaveLength(1);
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
  });
});

describe('pages on loopback', () => {
  const ask = (port: number, path: string, host: string) =>
    rawRequest(port, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);

  test.each(['localhost', '127.0.0.1:4100', '[::1]:9', 'sub.localhost'])('are for the host %s', async (host) => {
    const { port } = await serve();
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      expect((await ask(port, path, host)).statuses).toEqual([200]);
    }
  });

  test.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1'])(
    'are not there for the host %s, which a web page elsewhere may have made lead here',
    async (host) => {
      const { port } = await serve();
      for (const path of ['/healthz', '/readyz', '/metrics']) {
        expect((await ask(port, path, host)).statuses).toEqual([404]);
      }
    },
  );

  test('leave out webhooks, which come under the name of a tunnel, too', async () => {
    const serving = await serve();
    const body = bodyOf();
    const { statuses } = await rawRequest(
      serving.port,
      `POST ${new URL(serving.webhookUrl).pathname} HTTP/1.1\r\nHost: abc.tunnel.example\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
    expect(statuses).toEqual([202]);
  });
});

describe('metrics', () => {
  test('want the token of whoever comes by a tunnel, also one that names this machine as the host', async () => {
    const { port, token } = await serve();
    const byTunnel = (...fields: string[]) =>
      rawRequest(
        port,
        ['GET /metrics HTTP/1.1', 'Host: localhost', 'Connection: close', ...fields, '', ''].join('\r\n'),
      );
    expect((await byTunnel('X-Forwarded-For: 203.0.113.9')).statuses).toEqual([404]);
    expect((await byTunnel('X-Forwarded-For: 203.0.113.9', `Authorization: Bearer ${token}`)).statuses).toEqual([200]);
  });

  test('count what came, what became of it, and say how the far sides are', async () => {
    const far = await openFarSide();
    const serving = await serve({ routes: everythingTo(far.url) });
    const body = bodyOf();
    await post(serving.webhookUrl, body);
    await post(serving.webhookUrl, body);
    await post(serving.webhookUrl, '{}');
    await serving.heard('delivered');
    const response = await fetch(`${serving.origins[0] ?? ''}/metrics`);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await response.text();
    for (const line of [
      'opencx_sf_webhooks_total{outcome="accepted",status="202"} 1',
      'opencx_sf_webhooks_total{outcome="duplicate",status="202"} 1',
      'opencx_sf_webhooks_total{outcome="rejected",status="400"} 1',
      'opencx_sf_webhook_accept_seconds_count 1',
      'opencx_sf_webhook_accept_seconds_bucket{le="+Inf"} 1',
      'opencx_sf_delivery_attempts_total{status="200"} 1',
      'opencx_sf_deliveries{state="delivered"} 1',
      'opencx_sf_store_up 1',
      `opencx_sf_far_side_up{target="http://127.0.0.1:${far.port}"} 1`,
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).not.toContain(serving.token);
    expect(text.trimEnd().split('\n')).toSatisfy((lines: string[]) =>
      lines.every((line) => /^(?:# (?:HELP|TYPE) \S+ .+|[a-z_]+(?:\{[^}]*\})? [\d.e+-]+)$/.test(line)),
    );
  });

  test('are for who has the token where others can reach them', async () => {
    const serving = await serve({ host: '0.0.0.0' });
    const url = `http://127.0.0.1:${serving.port}/metrics`;
    expect((await fetch(url)).status).toBe(404);
    expect((await fetch(url, { headers: { authorization: 'Bearer wrong' } })).status).toBe(404);
    expect((await fetch(url, { headers: { authorization: `Bearer ${serving.token}` } })).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${serving.port}/healthz`)).status).toBe(200);
  });
});
