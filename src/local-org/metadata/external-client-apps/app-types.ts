import { textOf } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';

/** The types an External Client App is made of. */
export const APP = 'ExternalClientApplication';
export const OAUTH_SETTINGS = 'ExtlClntAppOauthSettings';
export const GLOBAL_SETTINGS = 'ExtlClntAppGlobalOauthSettings';
export const SECURITY_SETTINGS = 'ExtlClntAppOauthSecuritySettings';
export const APP_POLICIES = 'ExtlClntAppConfigurablePolicies';
export const OAUTH_POLICIES = 'ExtlClntAppOauthConfigurablePolicies';

/** Types whose components belong to an app, which their `externalClientApplication` names. */
export const satelliteTypes = [
  OAUTH_SETTINGS,
  GLOBAL_SETTINGS,
  SECURITY_SETTINGS,
  APP_POLICIES,
  OAUTH_POLICIES,
] as const;

export function isAppFamily(type: string): boolean {
  return type === APP || (satelliteTypes as readonly string[]).includes(type);
}

/** Name of the app that a satellite belongs to. */
export function appOf(value: MetadataValue): string {
  return textOf(value, 'externalClientApplication') ?? '';
}

/** Name of the policy components that the platform makes of itself for each app. */
export function defaultPolicyName(appName: string): string {
  return `${appName}_defaultPolicy`;
}
