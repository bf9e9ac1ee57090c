import type { ErrorCode } from '../errors/error-codes.ts';
import { OpencxError } from '../errors/opencx-error.ts';

/** What can be read out of anything that a request to an org throws. */
export interface OrgFailure {
  /** Salesforce's errorCode or fault code (`INVALID_SESSION_ID`), jsforce's `ERROR_HTTP_503`, or a socket code (`ECONNRESET`). */
  code: string;
  message: string;
  /** The answer was a page of HTML: a proxy, a login page or a maintenance page answered in the org's place. */
  html: boolean;
  /** No answer arrived at all. */
  network: boolean;
}

/** Reads jsforce's, undici's and Node's errors into one shape. */
export function orgFailure(error: unknown): OrgFailure {
  const chain = causes(error);
  const socket = chain.find(
    (one) =>
      typeof codeOf(one) === 'string' &&
      /^(E[A-Z]+|EAI_[A-Z]+|UND_ERR_\w+|[A-Z]+_CERT_\w+|CERT_\w+|DEPTH_ZERO\w+|SELF_SIGNED\w+|UNABLE_TO\w+)$/.test(
        String(codeOf(one)),
      ),
  );
  const first = chain[0];
  const message = first instanceof Error ? first.message : String(error);
  const html =
    /^\s*(?:HTTP response contains html content|<!doctype html|<html)/i.test(message) ||
    errorCodeOf(first) === 'ERROR_HTTP_HTML';
  if (socket !== undefined) {
    const cause = chain.at(-1);
    return {
      code: String(codeOf(socket)),
      message: cause instanceof Error && cause.message !== '' ? cause.message : message,
      html: false,
      network: true,
    };
  }
  // jsforce wraps whatever stopped a new login; to the user it is the session that ended.
  if (message.startsWith('Unable to refresh session'))
    return { code: 'INVALID_SESSION_ID', message, html: false, network: false };
  if (isAbort(first)) return { code: 'ETIMEDOUT', message, html: false, network: true };
  if (message === 'fetch failed' || /socket hang up|terminated|other side closed/i.test(message)) {
    return { code: 'ECONNRESET', message, html: false, network: true };
  }
  return {
    code: (errorCodeOf(first) ?? 'UNKNOWN').replace(/^sf:/, ''),
    message: html ? firstWords(message) : message,
    html,
    network: false,
  };
}

const authCodes = new Set(['INVALID_SESSION_ID', 'INVALID_AUTH_HEADER', 'ERROR_HTTP_401']);
const permissionCodes = new Set([
  'INSUFFICIENT_ACCESS',
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'API_DISABLED_FOR_ORG',
  'API_CURRENTLY_DISABLED',
  'FUNCTIONALITY_NOT_ENABLED',
]);

/**
 * The error a command ends with when the org refused or could not be reached. Salesforce's own code and message stay in it.
 * @param doing what was being done, as it continues "while …", e.g. `reading Apex classes`
 */
export function toOpencxError(error: unknown, doing: string): OpencxError {
  if (error instanceof OpencxError) return error;
  const failure = orgFailure(error);
  return new OpencxError(errorCodeFor(failure), {
    message: `${headline(failure)} while ${doing}: ${failure.code}: ${failure.message}`,
    details: { salesforceErrorCode: failure.code },
    nextSteps: nextSteps(failure),
    cause: error,
  });
}

function errorCodeFor(failure: OrgFailure): ErrorCode {
  if (failure.network) return 'NETWORK';
  if (failure.html) return 'ORG_UNEXPECTED_ANSWER';
  if (authCodes.has(failure.code)) return 'AUTH_FAILED';
  return permissionCodes.has(failure.code) ? 'PERMISSION_DENIED' : 'ORG_REFUSED';
}

function headline(failure: OrgFailure): string {
  if (failure.network) return 'The org could not be reached';
  if (failure.html) return 'Something answered with a web page in the place of the Salesforce API';
  return 'Salesforce refused';
}

function nextSteps(failure: OrgFailure): string[] {
  if (failure.network && /CERT|SIGNED|UNABLE_TO/.test(failure.code)) {
    return ['A proxy may be opening TLS connections: set NODE_EXTRA_CA_CERTS to a file with its certificate.'];
  }
  if (failure.code === 'ENOTFOUND' || failure.code === 'EAI_AGAIN') {
    return ['Check the instance URL and the network; behind a proxy set HTTPS_PROXY (NO_PROXY is honoured).'];
  }
  if (failure.network) return ['Check the network and https://status.salesforce.com, then run the command again.'];
  if (authCodes.has(failure.code)) return ['Log in again: the session is expired or was revoked.'];
  if (failure.code === 'API_DISABLED_FOR_ORG') {
    return ['The edition has no API access, or the user lacks the permission "API Enabled".'];
  }
  if (permissionCodes.has(failure.code)) {
    return [
      'The user needs "Author Apex", "Customize Application", "Modify Metadata Through Metadata API Functions" and "View Setup and Configuration".',
    ];
  }
  if (failure.html)
    return [
      'Check https://status.salesforce.com and any proxy in between; check that the instance URL is the My Domain URL.',
    ];
  return [];
}

function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let one: unknown = error; one !== undefined && one !== null && chain.length < 8;) {
    chain.push(one);
    one = one instanceof AggregateError ? one.errors[0] : one instanceof Error ? one.cause : undefined;
  }
  return chain;
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function errorCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('errorCode' in error)) return undefined;
  return typeof error.errorCode === 'string' ? error.errorCode : undefined;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

function firstWords(html: string): string {
  const text = html
    .replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text.slice(0, 200);
}
