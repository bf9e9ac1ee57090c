/**
 * A page of Setup in the browser. Orgs with My Domain have Setup on a host of its own.
 * @param instanceUrl e.g. `https://acme.my.salesforce.com`
 * @param page e.g. `EmailToCase/home`
 */
export function setupUrl(instanceUrl: string, page: string): string {
  const host = instanceUrl.replace(/\.my\.salesforce\.com$/, '.my.salesforce-setup.com');
  return `${host}/lightning/setup/${page}`;
}
