import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, onTestFinished, test } from 'vitest';

import { addressKind } from '../../../src/handoff/security/address-ranges.ts';
import { checkTargetUrl, guardedResolve, guardUrl, targetKey } from '../../../src/handoff/security/target-guard.ts';
import { openExactClient, type ResolvedAddress } from '../../../src/salesforce/exact-client.ts';

describe('the kind of an address', () => {
  test.each([
    [
      'public',
      ['8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.0', '100.63.255.255', '100.128.0.0', '223.255.255.255'],
    ],
    ['public', ['2606:4700:4700::1111', '2a00:1450:4001::1', '::ffff:8.8.8.8', '64:ff9b::808:808', '2002:808:808::1']],
    [
      'private',
      ['127.0.0.1', '127.255.255.254', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1'],
    ],
    ['private', ['::1', 'fc00::1', 'fdff::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::127.0.0.1', '64:ff9b::a00:1']],
    ['private', ['2002:7f00:1::1', '2002:c0a8:101::']],
    ['special', ['0.0.0.0', '0.1.2.3', '169.254.169.254', '169.254.0.1', '192.0.0.192', '198.18.0.1', '224.0.0.1']],
    ['special', ['255.255.255.255', '240.0.0.1', '192.0.2.1', '198.51.100.1', '203.0.113.1', '192.88.99.1']],
    ['special', ['100.100.100.200', '168.63.129.16', '::', 'fe80::1', 'fe80::1%eth0', 'ff02::1', '2001:db8::1']],
    // IPv4 in IPv6 by a prefix that each network chooses, or none routes; documentation and segments of newer registries.
    [
      'special',
      ['64:ff9b:1::a9fe:a9fe', '64:ff9b:1:2::1', '::ffff:0:169.254.169.254', '3fff::1', '5f00::1', '100:0:0:1::1'],
    ],
    ['public', ['64:ff9b:2::1', '3ffe:ffff::1', '4000::1', '101::1']],
    ['special', ['2001::1', 'fd00:ec2::254', 'fd20:ce::254', 'fec0::1', '::ffff:169.254.169.254', '2002:a9fe:a9fe::1']],
  ])('is %s for %j', (kind, addresses) => {
    expect(addresses.map((address) => [address, addressKind(address)])).toEqual(
      addresses.map((address) => [address, kind]),
    );
  });
});

describe('a URL of a far side', () => {
  test.each([
    ['example.com/hook', /is not a URL/],
    ['', /is not a URL/],
    ['ftp://example.com', /starts with ftp:/],
    ['file:///etc/passwd', /starts with file:/],
    ['javascript:alert(1)', /starts with javascript:/],
    ['https://user:geheim@example.com', /user name or password/],
    ['https://user@example.com', /user name or password/],
  ])('%j is refused with the reason, and its secrets are not repeated', (text, why) => {
    const read = (): URL => checkTargetUrl(text, '--forward-to');
    expect(read).toThrow(why);
    expect(read).not.toThrow(/geheim/);
  });

  test('is named by its host and port', () => {
    const keys = [
      'http://Example.com/a?b',
      'https://example.com',
      'http://example.com:8080',
      'http://[::1]:3000/x',
    ].map((text) => targetKey(checkTargetUrl(text, '--forward-to')));
    expect(keys).toEqual(['example.com:80', 'example.com:443', 'example.com:8080', '[::1]:3000']);
  });

  test.each([
    'http://127.0.0.1:3000/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://017700000001/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[0:0:0:0:0:ffff:7f00:1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://0/',
    'http://１２７.０.０.１/',
  ])('%s is not called unless somebody named it', (text) => {
    expect(() => {
      guardUrl(new URL(text), false);
    }).toThrow(/is .* an address/);
    expect(() => {
      guardUrl(new URL(text), true);
    }).not.toThrow();
  });

  test('is not called by another scheme or with credentials, named or not', () => {
    for (const text of ['ftp://example.com/', 'file:///etc/passwd', 'http://a:b@example.com/']) {
      expect(() => {
        guardUrl(new URL(text), true);
      }).toThrow();
    }
  });
});

describe('a name', () => {
  const leadsTo =
    (...addresses: string[]) =>
    async (): Promise<ResolvedAddress[]> =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  test.each([
    ['8.8.8.8', true, true],
    ['127.0.0.1', false, true],
    ['10.1.2.3', false, true],
    ['::1', false, true],
    ['169.254.169.254', false, false],
    ['fd00:ec2::254', false, false],
    ['0.0.0.0', false, false],
    ['::ffff:169.254.169.254', false, false],
  ])('that leads to %s is followed: %s; if somebody named it: %s', async (address, unnamed, named) => {
    for (const [isNamed, isFollowed] of [
      [false, unnamed],
      [true, named],
    ] as const) {
      const resolved = guardedResolve(isNamed, leadsTo(address))('hooks.example');
      if (isFollowed) expect(await resolved).toHaveLength(1);
      else await expect(resolved).rejects.toThrow(address);
    }
  });

  test('one of whose addresses is not allowed is not followed to the others either', async () => {
    const resolve = guardedResolve(false, leadsTo('8.8.8.8', '10.0.0.1'));
    await expect(resolve('hooks.example')).rejects.toThrow('10.0.0.1');
  });

  test('that changes its address between two looks is connected to where the first one led, or not at all', async () => {
    let reached = 0;
    const server = createServer((_incoming, outgoing) => {
      reached += 1;
      outgoing.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
    });
    const url = new URL(`http://rebind.example:${(server.address() as AddressInfo).port}/`);
    const request = { method: 'POST', headers: [], body: new Uint8Array(), signal: AbortSignal.timeout(5000) };
    let looks = 0;
    // Public at the first look, this machine at the second: whoever looks twice is led here.
    const rebinding = async (): Promise<ResolvedAddress[]> => {
      looks += 1;
      return [{ address: looks === 1 ? '192.0.2.1' : '127.0.0.1', family: 4 }];
    };
    const client = await openExactClient(
      url,
      guardedResolve(false, async () => await rebinding()),
    );
    onTestFinished(() => client.close());
    await expect(client.send(url, request)).rejects.toThrow('192.0.2.1');
    await expect(client.send(url, request)).rejects.toThrow('127.0.0.1');
    expect([looks, reached]).toEqual([2, 0]);

    const named = await openExactClient(url, guardedResolve(true, leadsTo('127.0.0.1')));
    onTestFinished(() => named.close());
    expect((await named.send(url, request)).status).toBe(200);
    expect(reached).toBe(1);
  });
});
