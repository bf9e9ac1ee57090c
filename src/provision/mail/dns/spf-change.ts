import { sameDomain } from './domain-name.ts';
import { effectiveTerms, type SpfRecord, type SpfTerm } from './spf-record.ts';

/** The name Salesforce publishes for its customers' SPF records (help article 000315520). */
export const salesforceSpf = '_spf.salesforce.com';

const include = `include:${salesforceSpf}`;

/** The record of a domain that has none; `~all`, as in Salesforce's own example, rejects nothing outright. */
export const newSpf = `v=spf1 ${include} ~all`;

/**
 * A record with Salesforce put in before the `all`. An include of Salesforce that does not count, because it comes after
 * the `all` or does not say pass, is taken out: of two the first decides.
 */
export function withSalesforce(record: SpfRecord): string {
  const kept = record.terms.filter((term) => !isInclude(term, salesforceSpf));
  const all = kept.findIndex((term) => term.kind === 'mechanism' && term.name === 'all');
  const end = kept.findIndex((term) => term.kind === 'modifier');
  const at = all >= 0 ? all : end >= 0 ? end : kept.length;
  return join([...kept.slice(0, at).map(textOf), include, ...kept.slice(at).map(textOf)]);
}

/** How far a record's `all` goes, softest first. */
const softness = ['?', '~', '-', '+'] as const;

/**
 * One record that lets through what any of several does, and Salesforce. As long as there are several, none counts, so the
 * one in their place ends with the softest of their endings: it rejects nothing that gets through now.
 */
export function mergedSpf(records: readonly SpfRecord[]): string {
  const texts = new Map<string, string>();
  for (const term of records.flatMap(effectiveTerms)) {
    if (term.kind === 'mechanism' && term.name === 'all') continue;
    // A redirect is the whole rest of its own record; in a common one it can only be an include.
    const text = term.kind === 'modifier' ? `include:${term.value}` : term.text;
    if (!isInclude(term, salesforceSpf) && !sameDomain(text.slice('include:'.length), salesforceSpf)) {
      texts.set(text.toLowerCase(), text);
    }
  }
  const endings = records.flatMap(effectiveTerms).filter((term) => term.kind === 'mechanism' && term.name === 'all');
  const found = softness.find((sign) => endings.some((term) => term.kind === 'mechanism' && term.qualifier === sign));
  // `+all` lets everybody through; nobody wants that said anew.
  const ending = found === undefined || found === '+' ? '~' : found;
  return join([...texts.values(), include, `${ending}all`]);
}

function isInclude(term: SpfTerm, domain: string): boolean {
  return term.kind === 'mechanism' && term.name === 'include' && sameDomain(term.value, domain);
}

function textOf(term: SpfTerm): string {
  return term.text;
}

function join(terms: readonly string[]): string {
  return ['v=spf1', ...terms].join(' ');
}
