import type { AskDns } from './ask-dns.ts';
import type { Finding } from './finding.ts';
import { mergedSpf, newSpf, withSalesforce } from './spf-change.ts';
import { parseSpf, spfTexts, type SpfRecord } from './spf-record.ts';
import { maxLookups, walkSpf, type SpfWalk } from './spf-walk.ts';

/** The SPF record of a domain (RFC 7208). */
export interface SpfFinding extends Finding {
  /** The record, as published; of several the first. */
  record: string | undefined;
  /** Undefined where nobody can tell. */
  includesSalesforce: boolean | undefined;
  /** Terms that make a receiver ask DNS, at most 10 (RFC 7208 §4.6.4). Undefined where they could not be counted. */
  lookups: number | undefined;
}

/** Looks whether the domain's SPF record stands and lets Salesforce send. */
export async function findSpf(domain: string, dns: AskDns): Promise<SpfFinding> {
  const answer = await dns.txt(domain);
  const nothing = { record: undefined, includesSalesforce: undefined, lookups: undefined };
  if (answer.kind === 'unreachable') {
    return { ...nothing, status: 'unknown', evidence: `TXT records of ${domain}: ${answer.why}.`, records: [] };
  }
  const texts = answer.kind === 'found' ? answer.values : [];
  const found = spfTexts(texts).map(parseSpf);
  const [record, ...more] = found;
  if (record === undefined) {
    const near = texts.find((text) => /^\W*v=spf/i.test(text));
    const evidence =
      near === undefined
        ? `${domain} has no SPF record.`
        : `${domain} has no SPF record; "${near}" is none, as it does not begin with "v=spf1 ".`;
    const replaces = near === undefined ? {} : { replaces: near };
    const records = [{ type: 'TXT' as const, name: domain, value: newSpf, ...replaces }];
    return { ...nothing, includesSalesforce: false, status: 'missing', evidence, records };
  }
  const seen = { ...nothing, record: record.text };
  if (more.length > 0) return { ...seen, ...severalRecords(domain, found) };
  if (record.errors.length > 0) return { ...seen, ...brokenRecord(record.errors) };
  const walk = await walkSpf(record, domain, dns);
  return { ...seen, ...(await judge(domain, record, walk, dns)) };
}

/** RFC 7208 §4.5: with more than one record a receiver uses none (permerror). */
function severalRecords(domain: string, found: readonly SpfRecord[]): Finding {
  const errors = found.flatMap((record) => record.errors);
  const replaces = found.map((record) => record.text).join('\n');
  return {
    status: 'wrong',
    evidence: `${domain} has ${found.length} SPF records, so that none counts; they have to be made one.`,
    records: errors.length > 0 ? [] : [{ type: 'TXT', name: domain, value: mergedSpf(found), replaces }],
  };
}

/** What a broken term was meant to be only its author knows: no record is proposed. */
function brokenRecord(errors: readonly string[]): Finding {
  const evidence = `The SPF record has terms that are not SPF, so that it does not count: ${errors.join(', ')}.`;
  return { status: 'wrong', evidence, records: [] };
}

type Judgement = Finding & Pick<SpfFinding, 'includesSalesforce' | 'lookups'>;

async function judge(domain: string, record: SpfRecord, walk: SpfWalk, dns: AskDns): Promise<Judgement> {
  const { lookups } = walk;
  const problems = [...walk.problems, ...(lookups > maxLookups ? [tooMany(lookups)] : [])];
  if (problems.length === 0 && walk.unreachable.length > 0) {
    const evidence = `Not all that the SPF record includes could be read: ${walk.unreachable.join(', ')}.`;
    const includesSalesforce = walk.includesSalesforce ? true : undefined;
    return { status: 'unknown', evidence, records: [], includesSalesforce, lookups: undefined };
  }
  const facts = { includesSalesforce: walk.includesSalesforce, lookups };
  if (walk.includesSalesforce) {
    const evidence = `The SPF record lets Salesforce send and takes ${lookups} of at most ${maxLookups} look-ups.`;
    if (problems.length === 0) return { ...facts, status: 'ok', evidence, records: [] };
    return { ...facts, status: 'wrong', evidence: `The SPF record fails: ${problems.join('; ')}.`, records: [] };
  }
  const value = withSalesforce(record);
  const after = await walkSpf(parseSpf(value), domain, dns);
  if (problems.length === 0 && after.lookups > maxLookups)
    problems.push(`with Salesforce it has ${tooMany(after.lookups)}`);
  const maybe = walk.dynamic.length === 0 ? '' : `, unless ${walk.dynamic.join(', ')} does`;
  const besides = problems.length === 0 ? '' : ` To be mended besides: ${problems.join('; ')}.`;
  return {
    ...facts,
    status: 'wrong',
    evidence: `The SPF record does not let Salesforce send${maybe}.${besides}`,
    records: [{ type: 'TXT', name: domain, value, replaces: record.text }],
  };
}

function tooMany(lookups: number): string {
  return `${lookups} look-ups, of at most ${maxLookups}`;
}
