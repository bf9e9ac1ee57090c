import type { MailText } from './mail/mail-text.ts';

/** Which links of a provider may be offered. */
export interface LinkRule {
  /** Hosts of its own, exactly. */
  linkHosts: readonly string[];
  /** Path by which a link confirms; one that cancels has another. */
  linkPath: RegExp;
}

/**
 * The link that confirms. Whoever sent the mail, it is one of the provider's own hosts, over https, without a user name or
 * a port in it, or there is none.
 */
export function confirmLink(rule: LinkRule, mail: MailText): string | undefined {
  for (const candidate of [...mail.hrefs, ...mail.bodies.flatMap(linksIn)]) {
    const link = checked(rule, candidate);
    if (link !== undefined) return link;
  }
  return undefined;
}

function linksIn(text: string): string[] {
  return Array.from(text.matchAll(/https:\/\/[^\s<>"'`\\]{1,2000}/gi), ([link]) =>
    link.replace(/[.,;:!?)\]}»”’]{1,20}$/, ''),
  );
}

function checked({ linkHosts, linkPath }: LinkRule, candidate: string): string | undefined {
  const url = URL.parse(candidate);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.port !== '') return undefined;
  // The parser has resolved `..` by now; an encoded slash could still be one for the server.
  const plain = !/%2f|%5c/i.test(url.pathname);
  return plain && linkHosts.includes(url.hostname) && linkPath.test(url.pathname) ? url.href : undefined;
}
