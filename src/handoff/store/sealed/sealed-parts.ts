import { isSecretField, maskedTarget } from '../../export/masked.ts';
import type { Attempt, Delivery, NewAttempt, RawHeaders } from '../handoff-store.ts';
import type { Sealer } from './sealer.ts';

/** Stands for a value that this key does not open. */
export const unopened = '[sealed with another key]';

/** Scheme of a URL that this key does not open: nothing is ever sent to one, and its scheme says why. */
const unopenedScheme = 'sealed-with-another-key:';

export function sealHeaders(sealer: Sealer, headers: RawHeaders): RawHeaders {
  return headers.map(([name, value]) => [name, isSecretField(name) ? sealer.seal('header', value) : value]);
}

export function openHeaders(sealer: Sealer, headers: RawHeaders): RawHeaders {
  return headers.map(([name, value]) => [
    name,
    isSecretField(name) ? (sealer.open('header', value) ?? unopened) : value,
  ]);
}

/** Scheme, host and port stay readable: far sides are told apart by them. A URL without secrets stays whole. */
export function sealUrl(sealer: Sealer, url: string): string {
  const origin = httpOrigin(url);
  if (origin === undefined || !hidesSomething(url)) return url;
  return `${origin}/${sealer.seal('url', url)}`;
}

function hidesSomething(url: string): boolean {
  const shown = maskedTarget(url);
  return new URL(url).href !== new URL(shown).href;
}

export function openUrl(sealer: Sealer, url: string): string {
  const origin = httpOrigin(url);
  if (origin === undefined || !url.startsWith(`${origin}/`)) return url;
  const sealed = url.slice(origin.length + 1);
  const opened = sealer.open('url', sealed);
  if (opened === sealed) return url;
  // One that was put behind another host opens, and must not be called there.
  return opened !== undefined && httpOrigin(opened) === origin ? opened : `${unopenedScheme}${origin}/`;
}

function httpOrigin(url: string): string | undefined {
  return /^https?:/i.test(url) ? URL.parse(url)?.origin : undefined;
}

export function sealDelivery<T extends { readonly target: string }>(sealer: Sealer, delivery: T): T {
  return { ...delivery, target: sealUrl(sealer, delivery.target) };
}

export function openDelivery(sealer: Sealer, delivery: Delivery): Delivery {
  return { ...delivery, target: openUrl(sealer, delivery.target) };
}

export function sealAttempt(sealer: Sealer, attempt: NewAttempt): NewAttempt {
  return changedAttempt(
    attempt,
    (headers) => sealHeaders(sealer, headers),
    (url) => sealUrl(sealer, url),
  );
}

export function openAttempt(sealer: Sealer, attempt: Attempt): Attempt {
  return changedAttempt(
    attempt,
    (headers) => openHeaders(sealer, headers),
    (url) => openUrl(sealer, url),
  );
}

function changedAttempt<T extends NewAttempt>(
  attempt: T,
  changedHeaders: (headers: RawHeaders) => RawHeaders,
  changedUrl: (url: string) => string,
): T {
  const { request, response } = attempt;
  return {
    ...attempt,
    request: { ...request, url: changedUrl(request.url), headers: changedHeaders(request.headers) },
    ...(response === undefined ? {} : { response: { ...response, headers: changedHeaders(response.headers) } }),
  };
}
