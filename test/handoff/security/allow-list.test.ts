import { describe, expect, test } from 'vitest';

import { openAllowList, type AllowList } from '../../../src/handoff/security/allow-list.ts';
import type { RawHeaders } from '../../../src/handoff/store/handoff-store.ts';
import { bodyOf, post, serve } from '../serving.ts';

function allows(list: AllowList, socket: string | undefined, headers: RawHeaders = []): boolean {
  return list.problem(socket, headers) === undefined;
}

describe('by the address of the connection', () => {
  const list = openAllowList({ allow: ['192.0.2.0/24', '198.51.100.7', '2001:db8::/32', '::1'] });

  test.each([
    '192.0.2.0',
    '192.0.2.255',
    '::ffff:192.0.2.9',
    '::FFFF:C000:0209',
    '198.51.100.7',
    '2001:db8:ffff::1',
    '2001:DB8::1%eth0',
    '::1',
    '0:0:0:0:0:0:0:1',
  ])('%s may call', (address) => {
    expect(allows(list, address)).toBe(true);
  });

  test.each([
    '192.0.3.0',
    '192.0.1.255',
    '::ffff:192.0.3.9',
    // Only the mapped form is the IPv4 caller itself.
    '::192.0.2.9',
    '64:ff9b::192.0.2.9',
    '198.51.100.8',
    '2001:db9::1',
    '::2',
    '127.0.0.1',
    'localhost',
    '',
    undefined,
  ])('%s may not', (address) => {
    expect(allows(list, address)).toBe(false);
  });

  test('what a caller writes about itself counts for nothing', () => {
    expect(allows(list, '203.0.113.5', [['X-Forwarded-For', '192.0.2.1']])).toBe(false);
    expect(allows(list, '203.0.113.5', [['Forwarded', 'for=192.0.2.1']])).toBe(false);
  });
});

describe('behind a proxy that is trusted', () => {
  const list = openAllowList({ allow: ['192.0.2.0/24'], trustProxy: ['10.0.0.0/8', '::1'] });
  const from = (socket: string, ...fields: readonly string[]): boolean =>
    allows(list, socket, fields.map((value) => ['x-forwarded-for', value]) satisfies RawHeaders);

  test('the last address before the proxies counts, and not what the caller wrote ahead of it', () => {
    expect(from('10.0.0.1', '192.0.2.1')).toBe(true);
    expect(from('10.0.0.1', '203.0.113.5, 192.0.2.1, 10.2.3.4')).toBe(true);
    expect(from('::ffff:10.0.0.1', '192.0.2.1')).toBe(true);
    expect(from('::1', '203.0.113.5', '192.0.2.1,10.2.3.4')).toBe(true);
    expect(from('10.0.0.1', '192.0.2.1, 203.0.113.5')).toBe(false);
    expect(from('10.0.0.1', '192.0.2.1', '203.0.113.5')).toBe(false);
  });

  test('a hop that is no address is nobody', () => {
    expect(from('10.0.0.1', '192.0.2.1, unknown')).toBe(false);
    expect(from('10.0.0.1', '192.0.2.1, ')).toBe(false);
    expect(from('10.0.0.1', '192.0.2.1:4711')).toBe(false);
  });

  test('whoever set it up is told which address called, and what may be missing', () => {
    const why = (socket: string, ...fields: readonly string[]): string | undefined =>
      list.problem(socket, fields.map((value) => ['X-Forwarded-For', value]) satisfies RawHeaders);
    expect(why('10.0.0.1', '203.0.113.5')).toBe('The call came from 203.0.113.5, which is none of --allow-ip.');
    expect(why('10.0.0.1', 'unknown')).toBe('Who called is not known: the last hop of X-Forwarded-For is no address.');
    expect(why('::ffff:127.0.0.1', '192.0.2.1')).toBe(
      'The call came from 127.0.0.1, which is none of --allow-ip. If that is a proxy, name it by --trust-proxy.',
    );
  });

  test('a call of the proxy itself, and one past the proxy, are taken by their own address', () => {
    expect(from('10.0.0.1')).toBe(false);
    expect(from('10.0.0.1', '10.2.3.4')).toBe(false);
    expect(from('192.0.2.8', '203.0.113.5')).toBe(true);
  });
});

test.each([
  '',
  '192.0.2',
  '192.0.2.0/33',
  '192.0.2.0/',
  '192.0.2.0/8/8',
  '::/129',
  '::ffff:192.0.2.0/96',
  'example.com',
  '192.0.2.0/-1',
])('a range like "%s" is refused', (range) => {
  expect(() => openAllowList({ allow: [range] })).toThrow(/is no address or range of addresses/);
});

test('who may not call is answered as if the token were wrong, and nothing is kept', async () => {
  const serving = await serve({ callers: { allow: ['192.0.2.0/24'] } });
  const refused = await post(serving.webhookUrl);
  const wrong = await post(`${serving.webhookUrl}x`);
  expect([refused.status, refused.body]).toEqual([wrong.status, wrong.body]);
  expect(refused.status).toBe(404);
  const told = (await serving.heard('rejected', 2)).map(({ reason }) => reason);
  expect(told[0]).toMatch(/^The call came from (?:127\.0\.0\.1|::1), which is none of --allow-ip\.$/);
  expect(told[1]).toMatch(/token in it is wrong/);
  expect(await serving.store.events({ limit: 1 })).toEqual([]);
  expect(await serving.store.rejections(1)).toEqual([]);
});

test('who may call is taken, and other pages are there for everybody', async () => {
  const serving = await serve({ callers: { allow: ['127.0.0.0/8', '::1'] } });
  expect((await post(serving.webhookUrl, bodyOf())).status).toBe(202);
  const closed = await serve({ callers: { allow: ['192.0.2.0/24'] } });
  expect((await fetch(`${closed.origins[0] ?? ''}/healthz`)).status).toBe(200);
});
