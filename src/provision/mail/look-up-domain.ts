import { OpencxError } from '../../errors/opencx-error.ts';
import { askDns } from './dns/ask-dns.ts';
import { asciiDomain } from './dns/domain-name.ts';
import { findDkim, type DkimFinding, type DkimSelectors } from './dns/find-dkim.ts';
import { findDmarc, type DmarcFinding } from './dns/find-dmarc.ts';
import { findMx, type MxFinding } from './dns/find-mx.ts';
import { findSpf, type SpfFinding } from './dns/find-spf.ts';
import type { MailDnsResolver } from './dns/mail-dns-resolver.ts';

export interface LookUpOptions {
  /** The DKIM keys Salesforce has for the domain; each is looked for at its own domain. */
  selectors: readonly DkimSelectors[];
  resolver: MailDnsResolver;
  /** Milliseconds for the whole look-up; what DNS has not answered by then is `unknown`. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

/** What DNS says of a domain that sends and receives the mail of Cases. */
export interface DomainFindings {
  /** In ASCII, as DNS holds it. */
  domain: string;
  spf: SpfFinding;
  dmarc: DmarcFinding;
  /** Two a key, one a selector; none where Salesforce has no key. */
  dkim: readonly DkimFinding[];
  mx: MxFinding;
}

/**
 * Looks up SPF (RFC 7208), DMARC (RFC 7489, RFC 9989), DKIM (RFC 6376) and MX records of a domain. What DNS does not
 * tell is a finding, not an error.
 * @param domain in any case and script, with or without the trailing dot
 * @throws OpencxError CONFIG_INVALID if it is no domain name
 * @throws the reason of `signal` once that aborts
 */
export async function lookUpDomain(domain: string, options: LookUpOptions): Promise<DomainFindings> {
  const { selectors, resolver, timeoutMs, signal } = options;
  const name = asciiDomain(domain);
  if (name === undefined) throw new OpencxError('CONFIG_INVALID', { message: `"${domain}" is not a domain name.` });
  signal?.throwIfAborted();
  const dns = askDns(resolver, timeoutMs, signal);
  const [spf, dmarc, dkim, mx] = await Promise.all([
    findSpf(name, dns),
    findDmarc(name, dns),
    Promise.all(selectors.map((key) => findDkim(name, key, dns))),
    findMx(name, dns),
  ]);
  return { domain: name, spf, dmarc, dkim: dkim.flat(), mx };
}
