import { OpencxError } from '../../errors/opencx-error.ts';

/** Whether a URL leads to this machine, where there is nobody to listen in and no proxy to ask. */
export function isLoopback(url: URL): boolean {
  const host = url.hostname;
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/**
 * The origin of an org, as it is used in every request: https (http for loopback hosts alone), no path, no trailing slash.
 * A missing `https://` is added.
 * @param given what the value was given as, for the error, e.g. `SF_ORG_INSTANCE_URL`
 * @throws OpencxError USAGE when no session may be sent there
 */
export function checkedInstanceUrl(value: string, given: string): string {
  return checkedUrl(value, given).origin;
}

/**
 * The URL a login goes to. Unlike an instance URL it may have a path: an Experience Cloud site logs in at its own.
 * @throws OpencxError USAGE when no credential may be sent there
 */
export function checkedLoginUrl(value: string, given: string): string {
  const url = checkedUrl(value, given);
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

function checkedUrl(value: string, given: string): URL {
  const text = value.trim();
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (text === '' || !URL.canParse(withScheme)) {
    throw refused(given, 'is not a URL.', ['Give the My Domain URL, e.g. https://yourcompany.my.salesforce.com']);
  }
  const url = new URL(withScheme);
  if (url.username !== '' || url.password !== '') {
    throw refused(given, 'carries a user name or password; a URL is no place for them.', []);
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    throw refused(
      given,
      `must start with https:// (it starts with ${url.protocol}//): a session would travel in clear.`,
      [],
    );
  }
  const apiHost = apiHostOf(url.hostname);
  if (apiHost !== undefined) {
    throw refused(given, `names ${url.hostname}, which serves pages and not the API.`, [`Use https://${apiHost}`]);
  }
  return url;
}

/** The address bar of a Lightning or Setup page shows a host that answers API requests with HTML. */
function apiHostOf(host: string): string | undefined {
  const page = /^(.+)\.(?:lightning\.force\.com|my\.salesforce-setup\.com)$/.exec(host);
  return page === null ? undefined : `${page[1]}.my.salesforce.com`;
}

function refused(given: string, why: string, nextSteps: string[]): OpencxError {
  return new OpencxError('USAGE', { message: `${given} ${why}`, nextSteps });
}
