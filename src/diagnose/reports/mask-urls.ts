import { fingerprintOf, maskedUrl } from '../../provision/webhook/webhook-credential.ts';

/** Plain, escaped as in JSON, or encoded as in a query. Rather too long than too short: the rest of a URL would be told. */
const webUrl = /https?:(?:\\?\/){2}(?:\\[^"'\s]|[^\s"<>\\])+|https?%3A%2F%2F[^\s"'<>&]+/gi;
const punctuation = ".,;:!?)]}'";

/** Hosts whose paths are no secret: pages of Salesforce and of the documentation. */
const openHosts = /(?:^|\.)(?:salesforce\.com|salesforce-setup\.com|force\.com|docs\.open\.cx)$/;

/**
 * URLs in a text as scheme, host and fingerprint, as `webhook show` tells them: whoever knows all of a webhook URL may post to
 * it, and nothing in a text tells it from other URLs. Those of Salesforce, and bare hosts, stay.
 * @param instanceUrl of the org, which may be on a host of its own
 */
export function maskUrls(text: string, instanceUrl: string): string {
  return text.replace(webUrl, (found) => {
    const end = endOfUrl(found);
    const url = plainUrl(found.slice(0, end));
    return isOpen(url, instanceUrl)
      ? found
      : `${maskedUrl(url)} (fingerprint ${fingerprintOf(url)})${found.slice(end)}`;
  });
}

/** Where the URL ends and the punctuation of the sentence begins. */
function endOfUrl(text: string): number {
  let end = text.length;
  while (punctuation.includes(text.charAt(end - 1))) end -= 1;
  return end;
}

function plainUrl(url: string): string {
  if (/^https?%3A/i.test(url)) return decoded(url);
  const characters = url.replace(/\\u([0-9a-f]{4})/gi, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));
  return characters.replaceAll('\\/', '/');
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    // Cut in the middle of a character: what is before it still tells the host.
    return url.replaceAll(/%3A/gi, ':').replaceAll(/%2F/gi, '/');
  }
}

function isOpen(url: string, instanceUrl: string): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.username !== '' || parsed.password !== '') return false;
  const bare = parsed.pathname === '/' && parsed.search === '' && parsed.hash === '';
  return bare || openHosts.test(parsed.hostname) || parsed.host === URL.parse(instanceUrl)?.host;
}
