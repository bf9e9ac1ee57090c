import type { AskDns } from './ask-dns.ts';
import { asciiDomain } from './domain-name.ts';
import { salesforceSpf } from './spf-change.ts';
import { effectiveTerms, parseSpf, spfTexts, type SpfRecord, type SpfTerm } from './spf-record.ts';

/** RFC 7208 §4.6.4: terms that make a receiver ask DNS, all included records together; one more is a permerror. */
export const maxLookups = 10;

/** Where the count stops: far enough above the limit to say by how much, and an end for records that include each other. */
const countedLookups = 40;

const askingTerms: ReadonlySet<string> = new Set(['include', 'a', 'mx', 'ptr', 'exists', 'redirect']);

export interface SpfWalk {
  /** Terms that make a receiver ask DNS; a lower bound where something could not be followed. */
  lookups: number;
  /** Salesforce's servers pass, directly or through includes. */
  includesSalesforce: boolean;
  /** What makes a receiver give up (permerror), other than the number of look-ups. */
  problems: string[];
  /** Names that DNS did not answer for. */
  unreachable: string[];
  /** Includes whose name depends on the mail (macros, RFC 7208 §7), not followed. */
  dynamic: string[];
}

/** Follows a record's includes and redirect as a receiver would whom no mechanism stops early. */
export async function walkSpf(record: SpfRecord, domain: string, dns: AskDns): Promise<SpfWalk> {
  const walk: SpfWalk = { lookups: 0, includesSalesforce: false, problems: [], unreachable: [], dynamic: [] };
  await follow(record, [domain], true, dns, walk);
  return walk;
}

/** @param passes a match in this record lets the mail through */
async function follow(record: SpfRecord, path: string[], passes: boolean, dns: AskDns, walk: SpfWalk): Promise<void> {
  for (const term of effectiveTerms(record)) {
    if (!askingTerms.has(term.name)) continue;
    if (walk.lookups >= countedLookups) return;
    walk.lookups += 1;
    if (term.name === 'include' || term.name === 'redirect') await followTerm(term, path, passes, dns, walk);
  }
}

async function followTerm(term: SpfTerm, path: string[], passes: boolean, dns: AskDns, walk: SpfWalk): Promise<void> {
  if (term.value.includes('%')) {
    walk.dynamic.push(term.text);
    return;
  }
  const target = asciiDomain(term.value);
  if (target === undefined) {
    walk.problems.push(`${term.text} names no domain`);
    return;
  }
  if (path.includes(target)) {
    walk.problems.push(`${[...path, target].join(' → ')} goes round in a circle`);
    return;
  }
  const stillPasses = passes && (term.kind === 'modifier' || term.qualifier === '+');
  if (target === salesforceSpf && stillPasses) walk.includesSalesforce = true;
  const answer = await dns.txt(target);
  if (answer.kind === 'unreachable') {
    walk.unreachable.push(`${target} (${answer.why})`);
    return;
  }
  const [text, ...more] = spfTexts(answer.kind === 'found' ? answer.values : []);
  // RFC 7208 §5.2 and §6.1: an include or redirect of a name without a record is an error of the record that has it.
  if (text === undefined || more.length > 0) {
    walk.problems.push(`${target} (${term.text}) has ${text === undefined ? 'no' : 'more than one'} SPF record`);
    return;
  }
  // An alias or a copy of Salesforce's record does as well as its name.
  const salesforce = stillPasses ? await dns.txt(salesforceSpf) : undefined;
  if (salesforce?.kind === 'found' && salesforce.values.includes(text)) walk.includesSalesforce = true;
  const record = parseSpf(text);
  if (record.errors.length > 0) walk.problems.push(`${target} has terms that are not SPF: ${record.errors.join(', ')}`);
  await follow(record, [...path, target], stillPasses, dns, walk);
}
