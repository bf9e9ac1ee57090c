import { describe, expect, test } from 'vitest';

import type { SpfFinding } from '../../../src/provision/mail/dns/find-spf.ts';
import type { Zone } from './dns-server.ts';
import { lookUp, salesforce } from './look-up.ts';

async function spfOf(texts: readonly (string | readonly string[])[], zone: Zone = {}): Promise<SpfFinding> {
  return (await lookUp({ ...salesforce, ...zone, 'example.com': { TXT: texts } })).spf;
}

/** `a.` to `z.example.net`, each with the SPF record it is given. */
function others(...texts: string[]): Zone {
  return Object.fromEntries(
    texts.map((text, index) => [`${String.fromCharCode(97 + index)}.example.net`, { TXT: [text] }]),
  );
}

describe('a record that lets Salesforce send', () => {
  test.each([
    ['directly', 'v=spf1 include:_spf.salesforce.com ~all', 2],
    ['in upper case, with a trailing dot', 'V=SPF1 INCLUDE:_SPF.SALESFORCE.COM. -ALL', 2],
    ['by a redirect', 'v=spf1 redirect=_spf.salesforce.com', 2],
    [
      'with plus, amid all kinds of terms',
      'v=spf1 a mx:example.com/24//64 ip4:192.0.2.0/24 ip6:2001:db8::/32 ptr +include:_spf.salesforce.com exp=why.example.com x-note=1 ?all',
      5,
    ],
    ['and stops counting at all', 'v=spf1 include:_spf.salesforce.com ~all a mx ptr', 2],
    ['and ignores a redirect beside all', 'v=spf1 include:_spf.salesforce.com redirect=nowhere.example.net ~all', 2],
  ])('%s', async (_, text, lookups) => {
    const spf = await spfOf([text]);
    expect(spf).toMatchObject({ status: 'ok', includesSalesforce: true, lookups, record: text, records: [] });
    expect(spf.evidence).toContain(`${lookups} of at most 10`);
  });

  test('through an include of an include', async () => {
    const spf = await spfOf(
      ['v=spf1 include:a.example.net -all'],
      others('v=spf1 include:b.example.net ?all', 'v=spf1 include:_spf.salesforce.com -all'),
    );
    expect(spf).toMatchObject({ status: 'ok', includesSalesforce: true, lookups: 4 });
  });

  test('through a name that is a CNAME', async () => {
    const spf = await spfOf(['v=spf1 include:alias.example.net -all'], {
      'alias.example.net': { CNAME: '_spf.salesforce.com' },
    });
    expect(spf).toMatchObject({ status: 'ok', includesSalesforce: true, lookups: 2 });
  });

  test('cut into several strings, in the middle of a word', async () => {
    const filler = Array.from({ length: 20 }, (_, index) => `ip4:192.0.2.${index}`).join(' ');
    const spf = await spfOf([
      ['v=spf1 ', filler.slice(0, 200), filler.slice(200), ' include:_spf.sales', 'force.com ~all'],
      'google-site-verification=x',
    ]);
    expect(spf).toMatchObject({ status: 'ok', record: `v=spf1 ${filler} include:_spf.salesforce.com ~all` });
  });

  test('with exactly ten look-ups', async () => {
    const spf = await spfOf(['v=spf1 a mx a:b mx:b a:c mx:c a:d mx:d include:_spf.salesforce.com -all']);
    expect(spf).toMatchObject({ status: 'ok', lookups: 10 });
  });
});

describe('no record', () => {
  const record = { type: 'TXT', name: 'example.com', value: 'v=spf1 include:_spf.salesforce.com ~all' };

  test('NXDOMAIN', async () => {
    const { spf } = await lookUp({});
    expect(spf).toMatchObject({ status: 'missing', includesSalesforce: false, record: undefined, records: [record] });
  });

  test('NODATA', async () => {
    const { spf } = await lookUp({ 'example.com': { MX: [[10, 'mx.example.com']] } });
    expect(spf).toMatchObject({ status: 'missing', records: [record] });
  });

  test('only other TXT records, one of another version', async () => {
    expect(await spfOf(['hello', 'v=spf10 -all'])).toMatchObject({ status: 'missing' });
  });

  test('one that is not quite one', async () => {
    const spf = await spfOf(['"v=spf1; a -all"']);
    expect(spf.evidence).toContain('does not begin with "v=spf1 "');
    expect(spf).toMatchObject({ status: 'missing', records: [{ ...record, replaces: '"v=spf1; a -all"' }] });
  });
});

describe('a record without Salesforce gets it before its end', () => {
  test.each([
    ['v=spf1 mx -all', 'v=spf1 mx include:_spf.salesforce.com -all'],
    ['v=spf1 -all', 'v=spf1 include:_spf.salesforce.com -all'],
    ['v=spf1', 'v=spf1 include:_spf.salesforce.com'],
    ['v=spf1 a  MX ~ALL exp=why.example.com', 'v=spf1 a MX include:_spf.salesforce.com ~ALL exp=why.example.com'],
    ['v=spf1 mx redirect=a.example.net', 'v=spf1 mx include:_spf.salesforce.com redirect=a.example.net'],
    ['v=spf1 mx -all include:_spf.salesforce.com', 'v=spf1 mx include:_spf.salesforce.com -all'],
    ['v=spf1 ?include:_spf.salesforce.com mx -all', 'v=spf1 mx include:_spf.salesforce.com -all'],
  ])('%s', async (text, value) => {
    const spf = await spfOf([text], others('v=spf1 -all'));
    expect(spf).toMatchObject({
      status: 'wrong',
      includesSalesforce: false,
      evidence: 'The SPF record does not let Salesforce send.',
      records: [{ type: 'TXT', name: 'example.com', value, replaces: text }],
    });
  });

  test('an include that fails what it finds does not let it send', async () => {
    const spf = await spfOf(['v=spf1 -include:a.example.net ~all'], others('v=spf1 include:_spf.salesforce.com'));
    expect(spf).toMatchObject({ status: 'wrong', includesSalesforce: false, lookups: 3 });
  });

  test('a macro may do what cannot be seen', async () => {
    const spf = await spfOf(['v=spf1 include:%{d}._spf.example.net -all']);
    expect(spf).toMatchObject({ status: 'wrong', lookups: 1 });
    expect(spf.evidence).toContain('unless include:%{d}._spf.example.net does');
  });

  test('and is told if that is too much', async () => {
    const spf = await spfOf(['v=spf1 a mx a:b mx:b a:c mx:c a:d mx:d a:e -all']);
    expect(spf).toMatchObject({ status: 'wrong', lookups: 9 });
    expect(spf.evidence).toContain('with Salesforce it has 11 look-ups, of at most 10');
    expect(spf.records).toHaveLength(1);
  });
});

describe('a record that receivers give up on', () => {
  test('several records become one', async () => {
    const texts = [
      'v=spf1 mx include:a.example.net -all',
      'v=spf1 MX ip4:192.0.2.1 ~all',
      'v=spf1 redirect=b.example.net',
    ];
    const spf = await spfOf(texts);
    expect(spf.status).toBe('wrong');
    expect(spf.evidence).toContain('3 SPF records');
    const [record] = spf.records;
    expect(record?.value).toBe(
      'v=spf1 MX include:a.example.net ip4:192.0.2.1 include:b.example.net include:_spf.salesforce.com ~all',
    );
    expect(record?.replaces?.split('\n').toSorted()).toEqual(texts.toSorted());
  });

  test('several records, one of them with Salesforce, none with an end that holds', async () => {
    const spf = await spfOf([
      'v=spf1 include:_spf.salesforce.com',
      'v=spf1 redirect=_spf.salesforce.com',
      'v=spf1 a +all',
    ]);
    expect(spf.records[0]?.value).toBe('v=spf1 a include:_spf.salesforce.com ~all');
  });

  test('several records, one of them broken: only a person can tell', async () => {
    expect(await spfOf(['v=spf1 mx -all', 'v=spf1 ipv4:192.0.2.1 -all'])).toMatchObject({
      status: 'wrong',
      records: [],
    });
  });

  test.each([
    'ipv4:192.0.2.1',
    'ip4:192.0.2.300',
    'ip4:192.0.2.0/33',
    'ip4:2001:db8::1',
    'ip6:2001:db8::/129',
    'include:',
    'include',
    'include:a.example.net/24',
    'exists',
    'all:x',
    'all/8',
    'a:',
    'a/',
    'mx/24/64',
    'ptr/8',
    'redirect=',
    ';',
    'münchen.example',
  ])('a term that is not SPF: %s', async (term) => {
    const spf = await spfOf([`v=spf1 include:_spf.salesforce.com ${term} -all`]);
    expect(spf).toMatchObject({ status: 'wrong', records: [] });
    expect(spf.evidence).toContain('terms that are not SPF');
  });

  test('two redirects', async () => {
    const spf = await spfOf(['v=spf1 redirect=_spf.salesforce.com redirect=a.example.net']);
    expect(spf.evidence).toContain('redirect= twice');
  });

  test('eleven look-ups', async () => {
    const spf = await spfOf(['v=spf1 a mx a:b mx:b a:c mx:c a:d mx:d a:e include:_spf.salesforce.com -all']);
    expect(spf).toMatchObject({ status: 'wrong', includesSalesforce: true, lookups: 11, records: [] });
    expect(spf.evidence).toContain('11 look-ups, of at most 10');
  });

  test('eleven look-ups, most of them in what it includes', async () => {
    const zone = others('v=spf1 a mx a:b mx:b a:c mx:c', 'v=spf1 a');
    const spf = await spfOf(
      ['v=spf1 include:a.example.net include:b.example.net include:_spf.salesforce.com -all'],
      zone,
    );
    expect(spf).toMatchObject({ status: 'wrong', lookups: 11 });
  });

  test('includes that include each other', async () => {
    const zone = others('v=spf1 include:b.example.net -all', 'v=spf1 include:A.Example.NET. -all');
    const spf = await spfOf(['v=spf1 include:_spf.salesforce.com include:a.example.net -all'], zone);
    expect(spf).toMatchObject({ status: 'wrong', includesSalesforce: true });
    expect(spf.evidence).toContain('example.com → a.example.net → b.example.net → a.example.net goes round');
  });

  test('a record that includes itself', async () => {
    const spf = await spfOf(['v=spf1 include:example.com -all']);
    expect(spf.evidence).toContain('example.com → example.com goes round');
    expect(spf.records).toHaveLength(1);
  });

  test('one that grows without end is left', async () => {
    const names = 'abcdefgh'.split('');
    const all = names.map((name) => `include:${name}.example.net`).join(' ');
    const zone = others(...names.map(() => `v=spf1 ${all} -all`));
    const { spf, server } = await lookUp({ ...salesforce, ...zone, 'example.com': { TXT: [`v=spf1 ${all} -all`] } });
    expect(spf).toMatchObject({ status: 'wrong', lookups: 40 });
    expect(server.asked.filter((question) => question === 'TXT a.example.net')).toHaveLength(1);
  });

  test.each([
    ['no', {}],
    ['more than one', { 'a.example.net': { TXT: ['v=spf1 a -all', 'v=spf1 mx -all'] } }],
  ])('an include of a name with %s record', async (many, zone) => {
    const spf = await spfOf(['v=spf1 include:_spf.salesforce.com include:a.example.net -all'], zone);
    expect(spf).toMatchObject({ status: 'wrong', records: [] });
    expect(spf.evidence).toContain(`a.example.net (include:a.example.net) has ${many} SPF record`);
  });

  test('an include of a broken record, and of no name', async () => {
    const spf = await spfOf(['v=spf1 include:a.example.net include:b..c -all'], others('v=spf1 ip4:x -all'));
    expect(spf.evidence).toContain('a.example.net has terms that are not SPF: ip4:x; include:b..c names no domain');
    expect(spf.records[0]?.value).toContain('include:_spf.salesforce.com -all');
  });
});

describe('what DNS does not tell', () => {
  test.each(['SERVFAIL', 'REFUSED'] as const)('%s', async (fails) => {
    const { spf } = await lookUp({ 'example.com': { fails } });
    expect(spf).toMatchObject({ status: 'unknown', includesSalesforce: undefined, records: [] });
    expect(spf.evidence).toContain(`E${fails}`);
  });

  test('an include that cannot be read', async () => {
    const spf = await spfOf(['v=spf1 include:a.example.net -all'], { 'a.example.net': { fails: 'SERVFAIL' } });
    expect(spf).toMatchObject({ status: 'unknown', includesSalesforce: undefined, lookups: undefined, records: [] });
    expect(spf.evidence).toContain('a.example.net (ESERVFAIL)');
  });

  test('an include that cannot be read beside Salesforce', async () => {
    const spf = await spfOf(['v=spf1 include:_spf.salesforce.com include:a.example.net -all'], {
      'a.example.net': { fails: 'SERVFAIL' },
    });
    expect(spf).toMatchObject({ status: 'unknown', includesSalesforce: true });
  });
});
