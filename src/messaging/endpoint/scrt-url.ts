const orgSuffix = '.my.salesforce.com';
const scrtSuffix = '.my.salesforce-scrt.com';

/**
 * The SCRT2 host that belongs to a My Domain: the same name under another domain, sandboxes, scratch and developer orgs included
 * (`yourcompany--dev.sandbox.my.salesforce.com`). That this holds for every kind of org is not confirmed: probe it, and let the
 * `Url` of the deployment's code snippet win.
 * @param instanceUrl of the org, or of the SCRT2 host itself
 * @returns an origin; undefined for hosts that are no My Domain (no https, local orgs, `na99.salesforce.com`, government clouds)
 */
export function deriveScrtUrl(instanceUrl: string): string | undefined {
  if (!URL.canParse(instanceUrl)) return undefined;
  const { protocol, hostname, port } = new URL(instanceUrl);
  if (protocol !== 'https:' || port !== '') return undefined;
  for (const suffix of [orgSuffix, scrtSuffix]) {
    const name = hostname.slice(0, -suffix.length);
    if (hostname.endsWith(suffix) && name !== '') return `https://${name}${scrtSuffix}`;
  }
  return undefined;
}
