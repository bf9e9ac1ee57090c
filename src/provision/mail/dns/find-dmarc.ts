import type { AskDns } from './ask-dns.ts';
import { parentsOf } from './domain-name.ts';
import type { Finding } from './finding.ts';

type Policy = 'none' | 'quarantine' | 'reject';
type Alignment = 'relaxed' | 'strict';

/** The DMARC policy that applies to mail from a domain (RFC 7489; RFC 9989). */
export interface DmarcFinding extends Finding {
  /** Where the record is, without `_dmarc.`: the domain, or one above it. */
  foundAt: string | undefined;
  record: string | undefined;
  /** `p`. */
  policy: Policy | undefined;
  /** `sp`: the policy for names below `foundAt`; without it, `p`. */
  subdomainPolicy: Policy | undefined;
  /** What a receiver is asked to do with mail of this very domain that fails. */
  applies: Policy | undefined;
  /** `adkim`: strict takes only a signature of exactly the From domain. */
  dkimAlignment: Alignment | undefined;
  /** `aspf`. */
  spfAlignment: Alignment | undefined;
}

interface Published {
  at: string;
  texts: string[];
  tags: ReadonlyMap<string, string>;
}

/** RFC 9989 §4.10 looks at no more than eight names; nobody's mail has more. */
const namesAbove = 7;

const none: Omit<DmarcFinding, keyof Finding> = {
  foundAt: undefined,
  record: undefined,
  policy: undefined,
  subdomainPolicy: undefined,
  applies: undefined,
  dkimAlignment: undefined,
  spfAlignment: undefined,
};

/**
 * Finds the policy at `_dmarc.<domain>` or, where there is none, at the organizational domain: without a list of public
 * suffixes, by the walk of RFC 9989, the highest name with a record that is not marked as a public suffix (`psd=y`).
 */
export async function findDmarc(domain: string, dns: AskDns): Promise<DmarcFinding> {
  const own = await published(domain, dns);
  if (typeof own === 'string') return unknown(own);
  if (own !== undefined) return judge(own, domain);
  const above = await Promise.all(
    parentsOf(domain)
      .slice(-namesAbove)
      .map((name) => published(name, dns)),
  );
  const unread = above.find((one) => typeof one === 'string');
  if (unread !== undefined) return unknown(unread);
  const inherited = highest(above.filter((one) => typeof one === 'object'));
  if (inherited !== undefined) return judge(inherited, domain);
  const evidence = `Neither ${domain} nor a domain above it has a DMARC record.`;
  const records = [{ type: 'TXT' as const, name: `_dmarc.${domain}`, value: 'v=DMARC1; p=none' }];
  return { ...none, status: 'missing', evidence, records };
}

/** @returns a text if DNS did not tell */
async function published(at: string, dns: AskDns): Promise<Published | string | undefined> {
  const answer = await dns.txt(`_dmarc.${at}`);
  if (answer.kind === 'unreachable') return `TXT records of _dmarc.${at}: ${answer.why}.`;
  const texts = answer.kind === 'found' ? answer.values.filter((text) => /^\s*v\s*=\s*dmarc1/i.test(text)) : [];
  const [text] = texts;
  return text === undefined ? undefined : { at, texts, tags: tagsOf(text) };
}

function highest(found: readonly Published[]): Published | undefined {
  let chosen: Published | undefined;
  for (const one of found) {
    const psd = one.tags.get('psd')?.toLowerCase();
    if (psd === 'y') return chosen ?? one;
    chosen = one;
    if (psd === 'n') return chosen;
  }
  return chosen;
}

function tagsOf(text: string): Map<string, string> {
  return new Map(
    text.split(';').flatMap((part): [string, string][] => {
      const at = part.indexOf('=');
      return at < 0 ? [] : [[part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()]];
    }),
  );
}

function judge({ at, texts, tags }: Published, domain: string): DmarcFinding {
  const [record = ''] = texts;
  const name = `_dmarc.${at}`;
  const wrong = (evidence: string, value: string): DmarcFinding => {
    const records = [{ type: 'TXT' as const, name, value, replaces: texts.join('\n') }];
    return { ...none, foundAt: at, record, status: 'wrong', evidence, records };
  };
  if (texts.length > 1) return wrong(`${name} has ${texts.length} DMARC records, so that none counts.`, record);
  // The version is compared letter by letter (RFC 7489 §6.3), names and policies are not.
  if (!/^v\s*=\s*DMARC1\s*(?:;|$)/i.test(record) || tags.get('v') !== 'DMARC1') {
    const rest = record.replace(/^[^;]*;?\s*/, '');
    return wrong(`${name} does not begin with "v=DMARC1;" and counts for nothing.`, `v=DMARC1; ${rest}`.trim());
  }
  const policy = policyOf(tags.get('p'));
  if (policy === undefined) {
    const kept = record
      .split(';')
      .map((part) => part.trim())
      .filter((part) => part !== '' && !/^p\s*=/i.test(part));
    return wrong(
      `${name} has no valid p=: receivers that go by RFC 7489 pass over it.`,
      [kept[0], 'p=none', ...kept.slice(1)].join('; '),
    );
  }
  const subdomainPolicy = policyOf(tags.get('sp'));
  const applies = at === domain ? policy : (subdomainPolicy ?? policy);
  const from = at === domain ? '' : `, by the record of ${at}`;
  return {
    foundAt: at,
    record,
    policy,
    subdomainPolicy,
    applies,
    dkimAlignment: alignmentOf(tags.get('adkim')),
    spfAlignment: alignmentOf(tags.get('aspf')),
    status: 'ok',
    evidence: `Mail from ${domain} that fails DMARC: ${applies}${from}.`,
    records: [],
  };
}

function policyOf(text: string | undefined): Policy | undefined {
  const value = text?.toLowerCase();
  return value === 'none' || value === 'quarantine' || value === 'reject' ? value : undefined;
}

function alignmentOf(text: string | undefined): Alignment {
  return text?.toLowerCase() === 's' ? 'strict' : 'relaxed';
}

function unknown(evidence: string): DmarcFinding {
  return { ...none, status: 'unknown', evidence, records: [] };
}
