import type { InspectedOrg } from './data-ports.ts';

/**
 * The page of a record in the org, for whoever is logged in there. My Domain leads `/lightning/r/…` on to Lightning Experience.
 * @returns undefined if the org, or what it could show, is not known: the local org has no pages of records
 */
export function recordLink(
  org: InspectedOrg | undefined,
  type: 'Case' | 'Contact' | 'MessagingSession',
  id: string | undefined,
): string | undefined {
  const url = org === undefined ? null : URL.parse(org.url);
  if (url?.protocol !== 'https:' || id === undefined || !/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(id)) {
    return undefined;
  }
  return new URL(`/lightning/r/${type}/${id}/view`, url).href;
}
