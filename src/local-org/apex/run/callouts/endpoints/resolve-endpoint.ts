import type { OrgState } from '../../../../state/org-state.ts';
import { apexError } from '../../../values/exception.ts';
import type { CalloutTarget } from './callout-target.ts';
import { isNamedEndpoint, namedTarget } from './named-credential.ts';
import { isRemoteSite } from './remote-sites.ts';

function calloutError(message: string): Error {
  return apexError('System.CalloutException', message);
}

function siteTarget(org: OrgState, endpoint: string): CalloutTarget {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(endpoint)?.[1]?.toLowerCase();
  // `localhost:8080/x` has no protocol either: a name with a port is not one.
  if (scheme === undefined || !/^[a-z][a-z0-9+.-]*:\/\//i.test(endpoint))
    throw calloutError(`no protocol: ${endpoint}`);
  if (scheme !== 'http' && scheme !== 'https') throw calloutError(`unknown protocol: ${scheme}`);
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !isRemoteSite(org, url)) {
    throw calloutError(
      `Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = ${endpoint}`,
    );
  }
  return { url: endpoint, headers: [], mergesHeaders: false, mergesBody: false };
}

/**
 * Where an endpoint of Apex goes: a URL that a remote site setting allows, or a named credential.
 * @throws ApexThrown System.CalloutException in the platform's words
 */
export function resolveEndpoint(org: OrgState, userId: string, endpoint: string): CalloutTarget {
  return isNamedEndpoint(endpoint) ? namedTarget(org, userId, endpoint) : siteTarget(org, endpoint);
}
