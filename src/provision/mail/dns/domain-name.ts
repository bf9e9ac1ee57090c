import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/**
 * A domain name as DNS holds it: ASCII (punycode, RFC 5891), lower case, no trailing dot. Labels may begin with an
 * underscore, as `_spf.example.com` does.
 * @returns undefined if it can be no domain name (RFC 1035 §2.3.4: labels of 1 to 63 octets, 253 characters in all)
 */
export function asciiDomain(text: string): string | undefined {
  // domainToASCII reads a URL's host and cuts off what follows it: such text is no domain name here.
  if (/[\s/\\?#:@*%[\]]/.test(text.trim())) return undefined;
  const ascii = domainToASCII(text.trim()).replace(/\.$/, '');
  const labels = ascii.split('.');
  const fits = ascii.length <= 253 && labels.every((label) => label.length >= 1 && label.length <= 63);
  return fits && isIP(ascii) === 0 ? ascii : undefined;
}

/** Whether two names are one in DNS; false if either is none. */
export function sameDomain(one: string, other: string): boolean {
  const ascii = asciiDomain(one);
  return ascii !== undefined && ascii === asciiDomain(other);
}

/** Whether `domain` is below `parent`, both as {@link asciiDomain} gives them. */
export function isBelow(domain: string, parent: string): boolean {
  return domain.endsWith(`.${parent}`);
}

/** The names above a domain, nearest first, down to two labels: `mail.a.example.com` → `a.example.com`, `example.com`. */
export function parentsOf(domain: string): string[] {
  const labels = domain.split('.');
  return labels
    .slice(1)
    .map((_, index) => labels.slice(index + 1).join('.'))
    .filter((name) => name.includes('.'));
}
