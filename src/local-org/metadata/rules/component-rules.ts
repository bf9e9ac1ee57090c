import { checkAssignmentRule, checkAssignmentRules } from './assignment-rule.ts';
import { checkCustomField } from './custom-field.ts';
import { checkCustomObject } from './custom-object.ts';
import { checkConnectedApp, checkExternalClientApplication } from './external-client-app/app-rules.ts';
import { checkGlobalSettings, checkOauthSettings } from './external-client-app/oauth-rules.ts';
import { checkAppPolicies, checkOauthPolicies } from './external-client-app/policy-rules.ts';
import { checkSecuritySettings } from './external-client-app/security-rules.ts';
import { checkExternalCredential } from './external-credential.ts';
import { checkFlow } from './flow.ts';
import { checkEmbeddedServiceConfig } from './messaging/embedded-service-config.ts';
import { checkMessagingChannel } from './messaging/messaging-channel.ts';
import { checkPublicKeyCertificate, checkPublicKeyCertificateSet } from './messaging/verification-keys.ts';
import { checkNamedCredential } from './named-credential.ts';
import { checkPermissionSet } from './permissions/permission-set.ts';
import { checkProfile } from './permissions/profile.ts';
import { checkQueue, checkQueueRoutingConfig } from './queue.ts';
import { checkRemoteSiteSetting } from './remote-site-setting.ts';
import type { ComponentRule } from './rule-context.ts';
import { checkSettings } from './settings/check-settings.ts';

/**
 * Rules by type, in the order in which the types of one deployment are looked at: a type may refer to those above it.
 * Apex stands between: it is compiled as a whole once the fields are known.
 */
export const declarativeRules: Readonly<Record<string, ComponentRule>> = {
  CustomObject: checkCustomObject,
  CustomField: checkCustomField,
  QueueRoutingConfig: checkQueueRoutingConfig,
  Queue: checkQueue,
  AssignmentRules: checkAssignmentRules,
  AssignmentRule: checkAssignmentRule,
  Settings: checkSettings,
  RemoteSiteSetting: checkRemoteSiteSetting,
  ExternalCredential: checkExternalCredential,
  NamedCredential: checkNamedCredential,
};

/** Types that may refer to Apex or to permission sets, and are looked at after it. */
export const rulesAfterApex: Readonly<Record<string, ComponentRule>> = {
  Flow: checkFlow,
  PublicKeyCertificate: checkPublicKeyCertificate,
  PublicKeyCertificateSet: checkPublicKeyCertificateSet,
  MessagingChannel: checkMessagingChannel,
  EmbeddedServiceConfig: checkEmbeddedServiceConfig,
  PermissionSet: checkPermissionSet,
  Profile: checkProfile,
  ConnectedApp: checkConnectedApp,
  ExternalClientApplication: checkExternalClientApplication,
  ExtlClntAppOauthSettings: checkOauthSettings,
  ExtlClntAppGlobalOauthSettings: checkGlobalSettings,
  ExtlClntAppOauthSecuritySettings: checkSecuritySettings,
  ExtlClntAppConfigurablePolicies: checkAppPolicies,
  ExtlClntAppOauthConfigurablePolicies: checkOauthPolicies,
};
