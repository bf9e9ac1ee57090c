import { describe, expect, it } from 'vitest';
import { runApex } from '../../run-apex.ts';
import { thrownBy } from './evaluate.ts';

describe('a URL', () => {
  it('has parts', async () => {
    expect(
      await runApex(`
        Url u = new Url('https://me:pw@example.com:8443/a/b.html?q=1&r=2#top');
        System.debug(u.getProtocol() + ' ' + u.getAuthority() + ' ' + u.getUserInfo() + ' ' + u.getHost() + ' ' + u.getPort());
        System.debug(u.getPath() + ' ' + u.getQuery() + ' ' + u.getFile() + ' ' + u.getRef() + ' ' + u.getDefaultPort());
        System.debug(u.toExternalForm());
        System.debug(new Url('http://example.com').getPort() + ' ' + new Url('http://example.com').getQuery());
      `),
    ).toEqual([
      'https me:pw@example.com:8443 me:pw example.com 8443',
      '/a/b.html q=1&r=2 /a/b.html?q=1&r=2 top 443',
      'https://me:pw@example.com:8443/a/b.html?q=1&r=2#top',
      '-1 null',
    ]);
  });

  it('is made of parts and seen from another one', async () => {
    expect(
      await runApex(`
        System.debug(new Url('https', 'example.com', '/a').toExternalForm());
        System.debug(new Url('https', 'example.com', 8443, '/a?b').toExternalForm());
        Url base = new Url('https://example.com/a/b/c?q#r');
        for (String spec : new List<String>{'d', '../d', '/d', '?x', '//other.com/d', 'http://z/'}) {
          System.debug(new Url(base, spec).toExternalForm());
        }
        System.debug(base.sameFile(new Url('https://example.com/a/b/c?q')));
      `),
    ).toEqual([
      'https://example.com/a',
      'https://example.com:8443/a?b',
      'https://example.com/a/b/d',
      'https://example.com/a/d',
      'https://example.com/d',
      'https://example.com/a/b/c?x',
      'https://other.com/d',
      'http://z/',
      'true',
    ]);
    expect(await thrownBy([`new Url('example.com');`])).toEqual(['System.StringException: no protocol: example.com']);
  });

  it('of the org is where it is reached', async () => {
    const [base, domain] = await runApex(`
      System.debug(URL.getSalesforceBaseUrl().toExternalForm());
      System.debug(URL.getOrgDomainUrl().getProtocol());
    `);
    expect(base).toMatch(/^http/);
    expect(domain).toMatch(/^http/);
  });
});

describe('a UUID', () => {
  it('is of version 4 when it is made by chance', async () => {
    const [one, other] = await runApex(
      `System.debug(UUID.randomUUID().toString()); System.debug(UUID.randomUUID().toString());`,
    );
    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(one).not.toBe(other);
  });

  it('equals another with the same digits, and no text', async () => {
    expect(
      await runApex(`
        String text = '707b2538-98bb-41e7-95e3-1d77bf42b102';
        UUID one = UUID.fromString(text);
        UUID other = UUID.fromString(text.toUpperCase());
        System.debug(one.equals(other) + ' ' + (one == other) + ' ' + one.equals(text) + ' ' + other.toString());
        System.debug(new Set<UUID>{one, other}.size());
      `),
    ).toEqual(['true true false 707b2538-98bb-41e7-95e3-1d77bf42b102', '1']);
    expect(await thrownBy([`UUID.fromString('1-2-3');`])).toEqual([
      'System.IllegalArgumentException: Invalid UUID string: 1-2-3',
    ]);
  });
});
