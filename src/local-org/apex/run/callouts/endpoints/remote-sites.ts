import { flagOf, textOf } from '../../../../metadata/elements/metadata-value.ts';
import { storedValue } from '../../../../metadata/apply/stored-value.ts';
import type { MetadataValue } from '../../../../metadata/elements/metadata-value.ts';
import type { OrgState } from '../../../../state/org-state.ts';

/** A site covers its host and port; with protocol security off, over http and https alike. */
function covers(site: MetadataValue, url: URL): boolean {
  if (!flagOf(site, 'isActive', false)) return false;
  const allowed = new URL(textOf(site, 'url') ?? '');
  if (allowed.hostname !== url.hostname) return false;
  if (flagOf(site, 'disableProtocolSecurity', false)) return allowed.port === url.port;
  return allowed.origin === url.origin;
}

/** Whether an active remote site setting allows callouts to a URL. */
export function isRemoteSite(org: OrgState, url: URL): boolean {
  return org.components.list('RemoteSiteSetting').some((component) => covers(storedValue(component), url));
}
