import type { OrgState } from '../../state/org-state.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import type { CandidateComponent } from '../rules/rule-context.ts';
import { partOf } from './app-parts.ts';
import { APP_POLICIES, appOf, defaultPolicyName, GLOBAL_SETTINGS, OAUTH_POLICIES } from './app-types.ts';

/** What the platform makes of itself once an app has its OAuth settings, as a retrieve shows it. */
const defaults: Readonly<Record<typeof APP_POLICIES | typeof OAUTH_POLICIES, MetadataValue>> = {
  [APP_POLICIES]: { isEnabled: true, isOauthPluginEnabled: true, startPage: 'None' },
  [OAUTH_POLICIES]: {
    ipRelaxationPolicyType: 'Enforce',
    isClientCredentialsFlowEnabled: false,
    isGuestCodeCredFlowEnabled: false,
    isTokenExchangeFlowEnabled: false,
    permittedUsersPolicyType: 'AllSelfAuthorized',
    refreshTokenPolicyType: 'SpecificLifetime',
    refreshTokenValidityPeriod: 365,
    refreshTokenValidityUnit: 'Days',
    requiredSessionLevel: 'STANDARD',
  },
};

/** The policies that come with a component and are not there yet. */
export function defaultPolicies(org: OrgState, { type, value }: CandidateComponent): CandidateComponent[] {
  if (type !== GLOBAL_SETTINGS) return [];
  const appName = appOf(value);
  const fullName = defaultPolicyName(appName);
  return ([APP_POLICIES, OAUTH_POLICIES] as const)
    .filter((policyType) => partOf(org, appName, policyType) === undefined)
    .map((policyType) => ({
      type: policyType,
      fullName,
      body: undefined,
      value: { ...defaults[policyType], externalClientApplication: appName, label: fullName },
    }));
}
