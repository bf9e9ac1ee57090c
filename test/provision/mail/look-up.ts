import { onTestFinished } from 'vitest';

import type { DkimSelectors } from '../../../src/provision/mail/dns/find-dkim.ts';
import { createResolver } from '../../../src/provision/mail/dns/mail-dns-resolver.ts';
import { lookUpDomain, type DomainFindings } from '../../../src/provision/mail/look-up-domain.ts';
import { startDnsServer, type DnsServer, type Zone } from './dns-server.ts';

/** What `_spf.salesforce.com` is like, by Salesforce's help article 000315520. */
export const salesforce: Zone = { '_spf.salesforce.com': { TXT: ['v=spf1 exists:%{i}._spf.mta.salesforce.com -all'] } };

export interface LookUpInput {
  domain?: string;
  selectors?: readonly DkimSelectors[];
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** Looks up a domain of a zone, by Node's resolver and a server that lives as long as the test. */
export async function lookUp(zone: Zone, input: LookUpInput = {}): Promise<DomainFindings & { server: DnsServer }> {
  const server = await startDnsServer(zone);
  onTestFinished(() => server.close());
  const { domain = 'example.com', selectors = [], timeoutMs = 10_000, signal } = input;
  const resolver = createResolver([server.address]);
  return { ...(await lookUpDomain(domain, { selectors, resolver, timeoutMs, signal })), server };
}
