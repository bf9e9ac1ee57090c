import { isIPv4, isIPv6 } from 'node:net';

/** One term of an SPF record; `text` is as published. */
export type SpfTerm =
  | { kind: 'mechanism'; text: string; qualifier: '+' | '-' | '~' | '?'; name: string; value: string }
  | { kind: 'modifier'; text: string; name: string; value: string };

export interface SpfRecord {
  text: string;
  terms: readonly SpfTerm[];
  /** Terms that RFC 7208 does not know; one is enough to void the record (permerror, §4.6). */
  errors: readonly string[];
}

/** Of the TXT records of a name those that are SPF (RFC 7208 §4.5: exactly `v=spf1`, then a space or the end). */
export function spfTexts(texts: readonly string[]): string[] {
  return texts.filter((text) => /^v=spf1(?: |$)/i.test(text));
}

const domainSpec = /^(?:%\{[slodiphcrtv]\d*r?[.\-+,/_=]*\}|%[%_-]|[!-$&-~])+$/i;
const mechanism = /^([+\-~?]?)([a-z][a-z0-9\-_.]*)(?:(:)((?:%\{[^}]*\}|[^/])*))?(\/.*)?$/i;
const modifier = /^([a-z][a-z0-9\-_.]*)=(.*)$/i;

/** Reads a record by the grammar of RFC 7208 §12. Names are lower-cased; values are not. */
export function parseSpf(text: string): SpfRecord {
  const terms: SpfTerm[] = [];
  const errors: string[] = [];
  for (const word of text.split(/ +/).slice(1).filter(Boolean)) {
    const term = parseTerm(word);
    if (term === undefined) errors.push(word);
    else terms.push(term);
  }
  for (const name of ['redirect', 'exp']) {
    if (terms.filter((term) => term.kind === 'modifier' && term.name === name).length > 1)
      errors.push(`${name}= twice`);
  }
  return { text, terms, errors };
}

function parseTerm(text: string): SpfTerm | undefined {
  const [, modifierName, modifierValue = ''] = modifier.exec(text) ?? [];
  if (modifierName !== undefined) {
    const name = modifierName.toLowerCase();
    const needsDomain = name === 'redirect' || name === 'exp';
    if (needsDomain && !domainSpec.test(modifierValue)) return undefined;
    return { kind: 'modifier', text, name, value: modifierValue };
  }
  const [, sign = '', mechanismName, colon, value = '', cidr] = mechanism.exec(text) ?? [];
  if (mechanismName === undefined) return undefined;
  const name = mechanismName.toLowerCase();
  if (!isMechanism(name, colon === undefined ? undefined : value, cidr)) return undefined;
  const qualifier = sign === '-' || sign === '~' || sign === '?' ? sign : '+';
  return { kind: 'mechanism', text, qualifier, name, value };
}

function isMechanism(name: string, value: string | undefined, cidr: string | undefined): boolean {
  switch (name) {
    case 'all':
      return value === undefined && cidr === undefined;
    case 'include':
    case 'exists':
      return value !== undefined && domainSpec.test(value) && cidr === undefined;
    case 'ptr':
      return (value === undefined || domainSpec.test(value)) && cidr === undefined;
    case 'a':
    case 'mx':
      return (value === undefined || domainSpec.test(value)) && isDualCidr(cidr);
    case 'ip4':
      return value !== undefined && isIPv4(value) && isPrefix(cidr, 32);
    case 'ip6':
      return value !== undefined && isIPv6(value) && isPrefix(cidr, 128);
    default:
      return false;
  }
}

function isPrefix(cidr: string | undefined, max: number): boolean {
  if (cidr === undefined) return true;
  return /^\/(?:0|[1-9]\d{0,2})$/.test(cidr) && Number(cidr.slice(1)) <= max;
}

/** `/24`, `//64` or `/24//64`. */
function isDualCidr(cidr: string | undefined): boolean {
  if (cidr === undefined) return true;
  const [, four, six] = /^(\/\d+)?(?:\/(\/\d+))?$/.exec(cidr) ?? [];
  return (four !== undefined || six !== undefined) && isPrefix(four, 32) && isPrefix(six, 128);
}

/**
 * The terms a receiver looks at: none after `all` (RFC 7208 §5.1), and `redirect` only where there is no `all` (§6.1),
 * after all mechanisms.
 */
export function effectiveTerms({ terms }: SpfRecord): SpfTerm[] {
  const mechanisms = terms.filter((term) => term.kind === 'mechanism');
  const all = mechanisms.findIndex((term) => term.name === 'all');
  if (all >= 0) return mechanisms.slice(0, all + 1);
  return [...mechanisms, ...terms.filter((term) => term.kind === 'modifier' && term.name === 'redirect')];
}
