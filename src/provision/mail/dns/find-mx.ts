import type { AskDns } from './ask-dns.ts';
import { asciiDomain } from './domain-name.ts';
import type { Finding } from './finding.ts';
import type { MxHost } from './mail-dns-resolver.ts';

/** Who receives a domain's mail (RFC 5321 §5.1). */
export interface MxFinding extends Finding {
  /** What `setup.emailToCase.mailProvider` would be; undefined if nobody receives, or DNS does not tell. */
  provider: 'gmail' | 'outlook' | 'other' | undefined;
  /** Name of the service, where it is known. */
  service: string | undefined;
  /** It only filters: mailboxes are behind it, and MX records do not tell where. */
  filter: boolean;
  /** First tried first. */
  hosts: readonly MxHost[];
}

interface Service {
  suffixes: readonly string[];
  provider: 'gmail' | 'outlook' | 'other';
  service: string;
  filter?: true;
}

/** Ends of the host names that the services give their customers as MX records. */
const services: readonly Service[] = [
  { suffixes: ['google.com', 'googlemail.com'], provider: 'gmail', service: 'Google Workspace' },
  // mx.microsoft is where domains of Exchange Online with DNSSEC, and since July 2026 new ones, are.
  {
    suffixes: ['mail.protection.outlook.com', 'mail.eo.outlook.com', 'mx.microsoft'],
    provider: 'outlook',
    service: 'Microsoft 365',
  },
  { suffixes: ['pphosted.com', 'ppe-hosted.com'], provider: 'other', service: 'Proofpoint', filter: true },
  { suffixes: ['mimecast.com'], provider: 'other', service: 'Mimecast', filter: true },
  { suffixes: ['barracudanetworks.com'], provider: 'other', service: 'Barracuda', filter: true },
  { suffixes: ['iphmx.com'], provider: 'other', service: 'Cisco Secure Email', filter: true },
  { suffixes: ['mx.cloudflare.net'], provider: 'other', service: 'Cloudflare Email Routing', filter: true },
  { suffixes: ['zoho.com', 'zoho.eu', 'zoho.in'], provider: 'other', service: 'Zoho Mail' },
  { suffixes: ['messagingengine.com'], provider: 'other', service: 'Fastmail' },
  { suffixes: ['protonmail.ch'], provider: 'other', service: 'Proton Mail' },
  { suffixes: ['mail.icloud.com'], provider: 'other', service: 'iCloud Mail' },
];

export async function findMx(domain: string, dns: AskDns): Promise<MxFinding> {
  const answer = await dns.mx(domain);
  const nobody = { provider: undefined, service: undefined, filter: false, hosts: [], records: [] };
  if (answer.kind === 'unreachable') {
    return { ...nobody, status: 'unknown', evidence: `MX records of ${domain}: ${answer.why}.` };
  }
  if (answer.kind === 'none') {
    return { ...nobody, status: 'missing', evidence: `${domain} has no MX record.` };
  }
  const hosts = [...answer.values].sort((one, other) => one.priority - other.priority);
  const [first] = hosts;
  if (first === undefined || first.exchange === '' || first.exchange === '.') {
    const evidence = `${domain} says that it takes no mail (null MX, RFC 7505).`;
    return { ...nobody, status: 'wrong', evidence, hosts };
  }
  const known = serviceOf(first.exchange);
  const behind = known?.filter === true ? ', which passes it on to mailboxes elsewhere' : '';
  return {
    status: 'ok',
    provider: known?.provider ?? 'other',
    service: known?.service,
    filter: known?.filter === true,
    hosts,
    evidence: `Mail to ${domain} goes to ${first.exchange}${known === undefined ? '' : ` (${known.service})`}${behind}.`,
    records: [],
  };
}

function serviceOf(host: string): Service | undefined {
  const name = asciiDomain(host) ?? '';
  return services.find(({ suffixes }) => suffixes.some((suffix) => name === suffix || name.endsWith(`.${suffix}`)));
}
