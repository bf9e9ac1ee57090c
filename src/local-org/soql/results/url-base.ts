import type { QueryContext } from '../query-context.ts';

/** Where the records of a query's API are reached, in the version the query came by. */
export function urlBase({ api, access, org }: QueryContext): string {
  const base = `/services/data/v${access.apiVersion ?? org.settings.apiVersion}`;
  return api === 'tooling' ? `${base}/tooling` : base;
}
