import type { Config } from '../../../config/config-schema.ts';
import { lookUpDomain, type DomainFindings } from '../../mail/look-up-domain.ts';
import { createResolver } from '../../mail/dns/mail-dns-resolver.ts';
import type { DkimKey, Known } from './setup-facts.ts';

/** DNS has this long for all of it, in milliseconds; a plan does not hang on a name server. */
const timeoutMs = 4000;

/** Looks up the domain that mail is sent from: that of the organization-wide address, else that of the mailbox. */
export async function readDns(
  { blueprint, setup }: Pick<Config, 'blueprint' | 'setup'>,
  keys: Known<readonly DkimKey[]>,
): Promise<DomainFindings | undefined> {
  const { checkDns, dnsServers } = setup.mail;
  const address = blueprint.orgWideEmailAddress ?? blueprint.replyTo;
  if (!checkDns || address === undefined || !setup.channels.includes('email')) return undefined;
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return await lookUpDomain(domain, {
    selectors: keys.known ? keys.value.filter((key) => key.domain.toLowerCase() === domain.toLowerCase()) : [],
    resolver: createResolver(dnsServers),
    timeoutMs,
  });
}
