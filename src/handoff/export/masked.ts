import type { RawHeaders } from '../store/handoff-store.ts';
import { isOwnPlace } from './own-place.ts';

/** Stands for what is not shown. */
export const hidden = '[redacted]';

/**
 * Header fields that let somebody in, those of gateways and tunnels too (Azure, Cloudflare Access, AWS). A signature of the body
 * does not, nor does `Idempotency-Key`.
 */
const secretField =
  /^(?:(?:set-)?cookie2?|.*(?:authorization|(?:api|access|auth|functions|subscription)-?key|secret|password|token|credential|jwt-assertion|oidc-data)s?)$/i;

/** Hosts of this machine: what runs there is being developed, and its paths tell its routes apart. */
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

export function isSecretField(name: string): boolean {
  return secretField.test(name);
}

/** Header fields as they are shown: the values of those that let somebody in are left out. */
export function maskedHeaders(headers: RawHeaders): [name: string, value: string][] {
  return headers.map(([name, value]) => [name, isSecretField(name) ? hidden : value]);
}

/**
 * A URL that is called, as it is shown. The path of a webhook is its password; on this machine only the parts are hidden that look
 * like one.
 */
export function maskedTarget(target: string): string {
  if (isOwnPlace(target)) return target;
  if (!URL.canParse(target)) return hidden;
  const url = new URL(target);
  if (!loopback.has(url.hostname)) return url.pathname === '/' && url.search === '' ? url.origin : `${url.origin}/…`;
  const path = url.pathname
    .split('/')
    .map((part) => (looksSecret(part) ? '…' : part))
    .join('/');
  return `${url.origin}${path}${url.search === '' ? '' : '?…'}`;
}

/** Long and with digits or capitals among small letters, as what is made by chance has. */
function looksSecret(part: string): boolean {
  return part.length >= 12 && /[a-z]/i.test(part) && (/\d/.test(part) || (/[a-z]/.test(part) && /[A-Z]/.test(part)));
}
