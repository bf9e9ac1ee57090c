import type { AskDns } from './ask-dns.ts';
import { asciiDomain, sameDomain } from './domain-name.ts';
import type { DnsRecord, Finding } from './finding.ts';

/** The selectors of one `EmailDomainKey` of Salesforce; empty texts where it has given none. */
export interface DkimSelectors {
  /** Domain of the key, which its records belong to; without it, the domain that is looked up. */
  domain?: string;
  selector: string;
  alternateSelector: string;
  /** Where Salesforce publishes the public key: the value of the CNAME record. */
  txtRecordName: string;
  alternateTxtRecordName: string;
}

/** The CNAME record of one selector (RFC 6376 §3.6.2.1; object reference, EmailDomainKey, "Usage"). */
export interface DkimFinding extends Finding {
  selector: string;
  /** `<selector>._domainkey.<domain>`. */
  name: string;
  /** What the CNAME record has to say; undefined as long as Salesforce has not told. */
  expected: string | undefined;
  /** What it says. */
  found: string | undefined;
}

/** Looks for the CNAME records of a key; Salesforce needs both, as it changes from one to the other. */
export function findDkim(domain: string, key: DkimSelectors, dns: AskDns): Promise<DkimFinding[]> {
  const owner = asciiDomain(key.domain ?? domain) ?? domain;
  const pairs = [
    { selector: key.selector, expected: key.txtRecordName },
    { selector: key.alternateSelector, expected: key.alternateTxtRecordName },
  ];
  return Promise.all(
    pairs
      .filter(({ selector }) => selector !== '')
      .map((pair) => findSelector(owner, pair.selector, pair.expected, dns)),
  );
}

async function findSelector(owner: string, selector: string, target: string, dns: AskDns): Promise<DkimFinding> {
  const name = `${selector}._domainkey.${owner}`.toLowerCase();
  const expected = target === '' ? undefined : target.replace(/\.$/, '');
  const answer = await dns.cname(name);
  const found = answer.kind === 'found' ? answer.values[0] : undefined;
  const seen = { selector, name, expected, found };
  if (expected === undefined) {
    const evidence = `Salesforce has not told yet what the CNAME record of ${name} has to say.`;
    return { ...seen, status: 'unknown', evidence, records: [] };
  }
  if (answer.kind === 'unreachable') {
    return { ...seen, status: 'unknown', evidence: `CNAME record of ${name}: ${answer.why}.`, records: [] };
  }
  const record: DnsRecord = { type: 'CNAME', name, value: expected };
  if (found !== undefined) {
    if (sameDomain(found, expected)) return { ...seen, status: 'ok', evidence: `${name} is ${expected}.`, records: [] };
    const evidence = `${name} is ${found}, not ${expected}.`;
    return { ...seen, status: 'wrong', evidence, records: [{ ...record, replaces: found }] };
  }
  // A key that was copied into a TXT record works until Salesforce changes it, and bars the CNAME (RFC 1034 §3.6.2).
  const texts = await dns.txt(name);
  if (texts.kind === 'found') {
    const evidence = `${name} has a TXT record, where a CNAME record to ${expected} belongs.`;
    return { ...seen, status: 'wrong', evidence, records: [{ ...record, replaces: texts.values.join('\n') }] };
  }
  return { ...seen, status: 'missing', evidence: `${name} has no CNAME record.`, records: [record] };
}
