import { dropAppClient, registerAppClient } from '../../oauth/apps/app-client.ts';
import type { AppClient } from '../../oauth/apps/app-client.ts';
import { listedScopes, oauthScopes } from '../../oauth/apps/scopes.ts';
import { validityMs } from '../../oauth/grants/refresh-policy.ts';
import type { RefreshTokenPolicy } from '../../oauth/grants/refresh-policy.ts';
import { findUser } from '../../records/find-user.ts';
import type { OrgState } from '../../state/org-state.ts';
import { flagOf, textOf } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { partOf } from './app-parts.ts';
import { APP_POLICIES, GLOBAL_SETTINGS, OAUTH_POLICIES, OAUTH_SETTINGS } from './app-types.ts';

/** Brings the OAuth endpoints to what the components of an app say; without its OAuth settings it is no client. */
export function registerApp(org: OrgState, appName: string): void {
  const oauth = partOf(org, appName, OAUTH_SETTINGS)?.value;
  const global = partOf(org, appName, GLOBAL_SETTINGS)?.value;
  if (oauth === undefined || global === undefined) {
    dropAppClient(org, appName);
    return;
  }
  const policies = partOf(org, appName, OAUTH_POLICIES)?.value ?? {};
  const enabled = partOf(org, appName, APP_POLICIES)?.value ?? {};
  registerAppClient(org, appName, {
    callbackUrls: (textOf(global, 'callbackUrl') ?? '').split(/\s+/).filter((url) => url !== ''),
    certificate: textOf(global, 'certificate'),
    pkceRequired: flagOf(global, 'isPkceRequired', true),
    secretRequiredForWebServerFlow: !flagOf(global, 'isConsumerSecretOptional', false),
    secretRequiredForRefreshToken: flagOf(global, 'isSecretRequiredForRefreshToken', true),
    introspectsAllTokens: flagOf(global, 'isIntrospectAllTokens', false),
    scopes: oauthScopes(textOf(oauth, 'commaSeparatedOauthScopes') ?? ''),
    isBlocked: !flagOf(enabled, 'isEnabled', true) || !flagOf(enabled, 'isOauthPluginEnabled', true),
    runAsUserId: clientCredentialsUser(org, global, policies),
    ...userPolicy(policies),
    refreshTokenPolicy: refreshPolicy(policies),
    sessionMinutes: numberOf(policies, 'sessionTimeoutInMinutes'),
  });
}

function userPolicy(policies: MetadataValue): Pick<AppClient, 'permittedUsers' | 'approvedBy'> {
  if (textOf(policies, 'permittedUsersPolicyType') !== 'AdminApprovedPreAuthorized') {
    return { permittedUsers: { policy: 'AllSelfAuthorized' } };
  }
  const names = (element: string): string[] => listedScopes(textOf(policies, element) ?? '');
  return {
    approvedBy: { permissionSets: names('commaSeparatedPermissionSet'), profiles: names('commaSeparatedProfile') },
  };
}

/** The flow must be on in the app and in its policy. */
function clientCredentialsUser(org: OrgState, global: MetadataValue, policies: MetadataValue): string | undefined {
  const isOn =
    flagOf(global, 'isClientCredentialsFlowEnabled', false) &&
    flagOf(policies, 'isClientCredentialsFlowEnabled', false);
  return isOn ? findUser(org, textOf(policies, 'clientCredentialsFlowUser') ?? '')?.Id : undefined;
}

function refreshPolicy(policies: MetadataValue): RefreshTokenPolicy | undefined {
  const type = textOf(policies, 'refreshTokenPolicyType') as RefreshTokenPolicy['type'] | undefined;
  if (type === undefined) return undefined;
  const period = numberOf(policies, 'refreshTokenValidityPeriod');
  const validity =
    period === undefined ? undefined : validityMs(period, textOf(policies, 'refreshTokenValidityUnit') ?? '');
  return validity === undefined ? { type } : { type, validityMs: validity };
}

function numberOf(value: MetadataValue, element: string): number | undefined {
  const field = value[element];
  return typeof field === 'number' ? field : undefined;
}
