import { describe, expect, test } from 'vitest';

import { createResolver, type MailDnsResolver } from '../../../src/provision/mail/dns/mail-dns-resolver.ts';
import { lookUpDomain } from '../../../src/provision/mail/look-up-domain.ts';
import { startDnsServer } from './dns-server.ts';
import { lookUp, salesforce } from './look-up.ts';

const key = {
  selector: 'sf1',
  alternateSelector: 'sf2',
  txtRecordName: 'sf1.abc.custdkim.salesforce.com',
  alternateTxtRecordName: 'sf2.def.custdkim.salesforce.com',
};

describe('DMARC', () => {
  test('of the domain itself', async () => {
    const text = 'v=DMARC1; p=Reject; sp=quarantine; adkim=s; aspf=r; rua=mailto:d@example.com';
    const { dmarc } = await lookUp({ '_dmarc.example.com': { TXT: ['note', text] } });
    expect(dmarc).toEqual({
      foundAt: 'example.com',
      record: text,
      policy: 'reject',
      subdomainPolicy: 'quarantine',
      applies: 'reject',
      dkimAlignment: 'strict',
      spfAlignment: 'relaxed',
      status: 'ok',
      evidence: 'Mail from example.com that fails DMARC: reject.',
      records: [],
    });
  });

  test.each([
    ['v=DMARC1;p=reject;sp=none', 'none'],
    ['V = DMARC1 ; P = quarantine ;', 'quarantine'],
  ])('of the domain above: %s', async (text, applies) => {
    const { dmarc } = await lookUp({ '_dmarc.example.com': { TXT: [text] } }, { domain: 'help.example.com' });
    expect(dmarc).toMatchObject({ status: 'ok', foundAt: 'example.com', applies, dkimAlignment: 'relaxed' });
    expect(dmarc.evidence).toContain('by the record of example.com');
  });

  test.each([
    ['the highest one counts', {}, {}, 'example.co.uk'],
    ['but for one of a public suffix', {}, { psd: 'y' }, 'a.example.co.uk'],
    ['and not past one that says it is the top', { psd: 'n' }, {}, 'a.example.co.uk'],
  ])('of two domains above: %s', async (_, near: { psd?: string }, far: { psd?: string }, foundAt) => {
    const text = ({ psd }: { psd?: string }) => `v=DMARC1; p=none${psd === undefined ? '' : `; psd=${psd}`}`;
    const zone = {
      '_dmarc.a.example.co.uk': { TXT: [text(near)] },
      '_dmarc.example.co.uk': { TXT: [text(far)] },
    };
    const { dmarc, server } = await lookUp(zone, { domain: 'b.a.example.co.uk' });
    expect(dmarc).toMatchObject({ status: 'ok', foundAt });
    expect(server.asked).not.toContain('TXT _dmarc.uk');
  });

  test('of a public suffix alone', async () => {
    const zone = { '_dmarc.gov.example': { TXT: ['v=DMARC1; p=reject; psd=y'] } };
    const { dmarc } = await lookUp(zone, { domain: 'office.gov.example' });
    expect(dmarc).toMatchObject({ foundAt: 'gov.example', applies: 'reject' });
  });

  test('missing', async () => {
    const { dmarc } = await lookUp({ '_dmarc.example.com': { TXT: ['something else'] } });
    const records = [{ type: 'TXT', name: '_dmarc.example.com', value: 'v=DMARC1; p=none' }];
    expect(dmarc).toMatchObject({ status: 'missing', foundAt: undefined, records });
  });

  test.each([
    ['twice', ['v=DMARC1; p=none', 'v=DMARC1; p=reject'], /2 DMARC records/, /^v=DMARC1; p=(none|reject)$/],
    ['of another version', ['v=DMARC1.1; p=none'], /does not begin/, /^v=DMARC1; p=none$/],
    [
      'in lower case',
      ['v=dmarc1; p=reject; rua=mailto:d@x.y'],
      /does not begin/,
      /^v=DMARC1; p=reject; rua=mailto:d@x.y$/,
    ],
    ['without a policy', ['v=DMARC1; rua=mailto:d@x.y'], /no valid p=/, /^v=DMARC1; p=none; rua=mailto:d@x.y$/],
    ['with a policy that is none', ['v=DMARC1; p=monitor; sp=none'], /no valid p=/, /^v=DMARC1; p=none; sp=none$/],
  ])('wrong: %s', async (_, texts, evidence, value) => {
    const { dmarc } = await lookUp({ '_dmarc.example.com': { TXT: texts } });
    expect(dmarc).toMatchObject({ status: 'wrong', foundAt: 'example.com', applies: undefined });
    expect(dmarc.evidence).toMatch(evidence);
    const [record] = dmarc.records;
    expect(record).toMatchObject({ type: 'TXT', name: '_dmarc.example.com' });
    expect(record?.value).toMatch(value);
    expect(record?.replaces?.split('\n').toSorted()).toEqual(texts.toSorted());
  });

  test.each(['help.example.com', 'example.com'])('unknown where %s cannot be read', async (name) => {
    const { dmarc } = await lookUp({ [`_dmarc.${name}`]: { fails: 'SERVFAIL' } }, { domain: 'help.example.com' });
    expect(dmarc).toMatchObject({ status: 'unknown', records: [] });
    expect(dmarc.evidence).toContain(`_dmarc.${name}: ESERVFAIL`);
  });
});

describe('DKIM', () => {
  test('both CNAME records, in any case and with trailing dots', async () => {
    const zone = {
      'sf1._domainkey.example.com': { CNAME: 'SF1.abc.CustDKIM.salesforce.com' },
      'sf2._domainkey.example.com': { CNAME: 'sf2.def.custdkim.salesforce.com' },
    };
    const selectors = [{ ...key, selector: 'SF1', alternateTxtRecordName: 'sf2.def.custdkim.salesforce.com.' }];
    const { dkim } = await lookUp(zone, { selectors });
    expect(dkim.map(({ status, selector, records }) => [status, selector, records])).toEqual([
      ['ok', 'SF1', []],
      ['ok', 'sf2', []],
    ]);
    expect(dkim[1]?.expected).toBe('sf2.def.custdkim.salesforce.com');
  });

  test('one is missing, one is wrong', async () => {
    const zone = { 'sf2._domainkey.example.com': { CNAME: 'sf2.old.custdkim.salesforce.com' } };
    const { dkim } = await lookUp(zone, { selectors: [key] });
    const [first, second] = dkim;
    const record = { type: 'CNAME', name: 'sf1._domainkey.example.com', value: key.txtRecordName };
    expect(first).toMatchObject({ status: 'missing', found: undefined, records: [record] });
    expect(second).toMatchObject({
      status: 'wrong',
      found: 'sf2.old.custdkim.salesforce.com',
      expected: key.alternateTxtRecordName,
      records: [
        {
          type: 'CNAME',
          name: 'sf2._domainkey.example.com',
          value: key.alternateTxtRecordName,
          replaces: 'sf2.old.custdkim.salesforce.com',
        },
      ],
    });
  });

  test('a TXT record stands where the CNAME belongs', async () => {
    const zone = { 'sf1._domainkey.example.com': { TXT: ['v=DKIM1; k=rsa; p=abc'] } };
    const { dkim } = await lookUp(zone, { selectors: [{ ...key, alternateSelector: '' }] });
    expect(dkim).toHaveLength(1);
    expect(dkim[0]).toMatchObject({ status: 'wrong', records: [{ type: 'CNAME', replaces: 'v=DKIM1; k=rsa; p=abc' }] });
  });

  test('at the domain of the key', async () => {
    const zone = { 'sf1._domainkey.example.com': { CNAME: key.txtRecordName } };
    const selectors = [{ ...key, domain: 'EXAMPLE.com.' }];
    const { dkim } = await lookUp(zone, { domain: 'help.example.com', selectors });
    expect(dkim.map(({ name, status }) => [name, status])).toEqual([
      ['sf1._domainkey.example.com', 'ok'],
      ['sf2._domainkey.example.com', 'missing'],
    ]);
  });

  test('unknown while Salesforce has not told, or DNS does not', async () => {
    const zone = { 'sf2._domainkey.example.com': { fails: 'SERVFAIL' as const } };
    const { dkim } = await lookUp(zone, { selectors: [{ ...key, txtRecordName: '' }] });
    expect(dkim.map(({ status, expected, records }) => [status, expected, records])).toEqual([
      ['unknown', undefined, []],
      ['unknown', key.alternateTxtRecordName, []],
    ]);
    expect(dkim.map(({ evidence }) => evidence).join()).toMatch(/has not told yet.*ESERVFAIL/);
  });

  test('no keys, no findings', async () => {
    expect((await lookUp({})).dkim).toEqual([]);
  });
});

describe('MX', () => {
  test.each([
    ['ASPMX.L.google.com', 'gmail', 'Google Workspace', false],
    ['smtp.google.com', 'gmail', 'Google Workspace', false],
    ['example-com.mail.protection.outlook.com', 'outlook', 'Microsoft 365', false],
    ['example-com.k-v1.mx.microsoft', 'outlook', 'Microsoft 365', false],
    ['mx1.example.pphosted.com', 'other', 'Proofpoint', true],
    ['in1-smtp.messagingengine.com', 'other', 'Fastmail', false],
    ['mail.example.com', 'other', undefined, false],
    ['mail.notgoogle.com', 'other', undefined, false],
  ])('%s', async (host, provider, service, filter) => {
    const { mx } = await lookUp({
      'example.com': {
        MX: [
          [20, 'backup.example.net'],
          [5, host],
        ],
      },
    });
    expect(mx).toMatchObject({ status: 'ok', provider, service, filter, records: [] });
    expect(mx.hosts.map(({ priority }) => priority)).toEqual([5, 20]);
    expect(mx.evidence).toContain(host);
  });

  test('none', async () => {
    const { mx } = await lookUp({ 'example.com': { TXT: ['x'] } });
    expect(mx).toMatchObject({ status: 'missing', provider: undefined, hosts: [] });
  });

  test('null MX', async () => {
    const { mx } = await lookUp({ 'example.com': { MX: [[0, '.']] } });
    expect(mx).toMatchObject({ status: 'wrong', provider: undefined });
    expect(mx.evidence).toContain('RFC 7505');
  });

  test('unknown', async () => {
    expect((await lookUp({ 'example.com': { fails: 'REFUSED' } })).mx).toMatchObject({ status: 'unknown' });
  });
});

describe('names', () => {
  test('upper case, a trailing dot and other scripts', async () => {
    const zone = {
      ...salesforce,
      'xn--mnchen-3ya.example': {
        TXT: ['v=spf1 include:_spf.salesforce.com -all'],
        MX: [[1, 'smtp.google.com']] as const,
      },
      '_dmarc.xn--mnchen-3ya.example': { TXT: ['v=DMARC1; p=none'] },
      'sf1._domainkey.xn--mnchen-3ya.example': { CNAME: key.txtRecordName },
    };
    const found = await lookUp(zone, {
      domain: ' MÜNCHEN.Example. ',
      selectors: [{ ...key, domain: 'münchen.example' }],
    });
    expect(found.domain).toBe('xn--mnchen-3ya.example');
    expect([found.spf, found.dmarc, found.dkim[0], found.mx].map((one) => one?.status)).toEqual([
      'ok',
      'ok',
      'ok',
      'ok',
    ]);
  });

  test.each(['', 'a..b', 'exa mple.com', 'a@example.com', 'example.com/x', '192.0.2.1', `${'x'.repeat(64)}.com`])(
    'no domain name: "%s"',
    async (domain) => {
      await expect(lookUp({}, { domain })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    },
  );
});

describe('time', () => {
  const silent = { fails: 'silent' } as const;

  test('what is not answered in time is unknown, the rest is not', async () => {
    const zone = {
      'example.com': silent,
      '_dmarc.example.com': { TXT: ['v=DMARC1; p=none'] },
      'sf1._domainkey.example.com': silent,
      'sf2._domainkey.example.com': { CNAME: key.alternateTxtRecordName },
    };
    const started = performance.now();
    const { spf, dmarc, dkim, mx } = await lookUp(zone, { selectors: [key], timeoutMs: 300 });
    expect(performance.now() - started).toBeLessThan(1500);
    expect([spf, dmarc, ...dkim, mx].map(({ status }) => status)).toEqual([
      'unknown',
      'ok',
      'unknown',
      'ok',
      'unknown',
    ]);
    expect(spf.evidence).toBe('TXT records of example.com: no answer in time.');
    expect(spf.records).toEqual([]);
  });

  test('a server that nobody runs', async () => {
    const server = await startDnsServer({});
    await server.close();
    const resolver = createResolver([server.address]);
    const { spf, dmarc, mx } = await lookUpDomain('example.com', { selectors: [], resolver, timeoutMs: 500 });
    expect([spf, dmarc, mx].map(({ status }) => status)).toEqual(['unknown', 'unknown', 'unknown']);
  });

  test('the caller can stop it, before and during', async () => {
    const stopped = new Error('enough');
    await expect(lookUp({}, { signal: AbortSignal.abort(stopped) })).rejects.toBe(stopped);
    const stop = new AbortController();
    setTimeout(() => stop.abort(stopped), 50);
    const started = performance.now();
    await expect(lookUp({ 'example.com': silent }, { signal: stop.signal })).rejects.toBe(stopped);
    expect(performance.now() - started).toBeLessThan(1500);
  });

  test('two look-ups by one resolver do not end each other', async () => {
    const zone = { 'example.com': { TXT: ['v=spf1 -all'] }, 'example.org': silent, '_dmarc.example.org': silent };
    const server = await startDnsServer(zone);
    const resolver = createResolver([server.address]);
    const [quick, slow] = await Promise.all([
      lookUpDomain('example.com', { selectors: [], resolver, timeoutMs: 5000 }),
      lookUpDomain('example.org', { selectors: [], resolver, timeoutMs: 100 }),
    ]);
    await server.close();
    expect(quick.spf.status).toBe('wrong');
    expect(slow.spf.status).toBe('unknown');
  });
});

describe('resolvers', () => {
  test('a server has to be an address', () => {
    expect(() => createResolver(['dns.example.com'])).toThrow(TypeError);
    expect(() => createResolver()).not.toThrow();
    expect(() => createResolver(['[2001:db8::1]:5353'])).not.toThrow();
  });

  test('any other resolver does, with errors without a code too', async () => {
    const resolver: MailDnsResolver = {
      resolveTxt: async () => [],
      resolveCname: async () => ['other.example.net'],
      resolveMx: async () => {
        throw new Error('no network');
      },
    };
    const found = await lookUpDomain('example.com', { selectors: [key], resolver, timeoutMs: 1000 });
    expect(found.spf.status).toBe('missing');
    expect(found.dkim.map(({ status }) => status)).toEqual(['wrong', 'wrong']);
    expect(found.mx).toMatchObject({ status: 'unknown', evidence: 'MX records of example.com: Error: no network.' });
  });
});
