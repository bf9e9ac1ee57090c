import type { BlueprintSettings } from '../config/blueprint-settings.ts';

export type ComponentType =
  | 'ApexClass'
  | 'ApexTrigger'
  | 'NamedCredential'
  | 'ExternalCredential'
  | 'CustomField'
  | 'CustomObject'
  | 'PermissionSet'
  | AppComponentType
  | MessagingComponentType;

/** The types that Live Messaging is made of, but for field and permission set. */
export type MessagingComponentType =
  | 'PublicKeyCertificate'
  | 'PublicKeyCertificateSet'
  | 'QueueRoutingConfig'
  | 'Queue'
  | 'Flow'
  | 'MessagingChannel'
  | 'EmbeddedServiceConfig';

/** The types an External Client App is made of: the app itself, its OAuth settings, its policies. */
export type AppComponentType =
  | 'ExternalClientApplication'
  | 'ExtlClntAppGlobalOauthSettings'
  | 'ExtlClntAppOauthSettings'
  | 'ExtlClntAppOauthConfigurablePolicies';

export type ComponentRole =
  | 'case-from-field'
  | 'case-session-field'
  | 'email-sent-field'
  | 'webhook-setting'
  | 'external-credential'
  | 'named-credential'
  | 'case-management-class'
  | 'test-class'
  | 'case-trigger'
  | 'customer-email-trigger'
  | 'human-agent-email-trigger'
  | 'owner-change-trigger'
  | 'outbound-sender'
  | 'bounce-trigger'
  | 'case-closed-trigger'
  | 'permission-set'
  | 'integration-access'
  | AppComponentRole
  | MessagingRole;

/** Everything that Live Messaging is made of, in the order in which an org can take it. */
export const messagingRoles = [
  'verification-key',
  'verification-keyset',
  'session-id-field',
  'messaging-access',
  'messaging-queue-routing',
  'messaging-queue',
  'messaging-flow',
  'messaging-channel',
  'messaging-deployment',
] as const;
export type MessagingRole = (typeof messagingRoles)[number];

export function isMessagingRole(role: ComponentRole): role is MessagingRole {
  return (messagingRoles as readonly ComponentRole[]).includes(role);
}

export type AppComponentRole = 'external-client-app' | 'app-global-oauth' | 'app-oauth' | 'app-oauth-policies';

export interface ComponentRow {
  role: ComponentRole;
  type: ComponentType;
  /** Template of the component's main file. */
  template: string;
  /** Raised when what the template renders changes its meaning; written into the marker. */
  version: number;
  /** API name, for a field with its object in front. */
  fullName: (names: BlueprintSettings['names']) => string;
  object?: 'Case' | 'EmailMessage';
  /** Absent: always part of the blueprint. */
  when?: (options: BlueprintSettings['options']) => boolean;
}

/** Every component there can be, in the order in which an org could take them one after another. */
export const componentTable: readonly ComponentRow[] = [
  {
    role: 'case-from-field',
    type: 'CustomField',
    template: 'metadata/case-from-field',
    version: 1,
    fullName: (names) => `Case.${names.caseFromField}`,
    object: 'Case',
  },
  {
    role: 'case-session-field',
    type: 'CustomField',
    template: 'metadata/case-session-field',
    version: 1,
    fullName: (names) => `Case.${names.caseSessionField}`,
    object: 'Case',
  },
  {
    role: 'email-sent-field',
    type: 'CustomField',
    template: 'metadata/email-sent-field',
    version: 1,
    fullName: (names) => `EmailMessage.${names.emailSentField}`,
    object: 'EmailMessage',
    when: (options) => options.idempotency,
  },
  {
    role: 'webhook-setting',
    type: 'CustomObject',
    template: 'metadata/webhook-setting',
    version: 1,
    fullName: (names) => names.webhookSetting,
    when: (options) => options.webhookSignature,
  },
  {
    role: 'external-credential',
    type: 'ExternalCredential',
    template: 'metadata/external-credential',
    version: 1,
    fullName: (names) => names.externalCredential,
    when: (options) => options.credentialModel === 'external',
  },
  {
    role: 'named-credential',
    type: 'NamedCredential',
    template: 'metadata/named-credential',
    version: 1,
    fullName: (names) => names.namedCredential,
  },
  {
    role: 'case-management-class',
    type: 'ApexClass',
    template: 'classes/case-management.cls',
    version: 1,
    fullName: (names) => names.apexClass,
  },
  {
    role: 'test-class',
    type: 'ApexClass',
    template: 'classes/case-management-test.cls',
    version: 1,
    fullName: (names) => names.testClass,
  },
  trigger('case-trigger', 'case', 'newCase', 'Case'),
  trigger('customer-email-trigger', 'customer-email', 'customerEmail', 'EmailMessage'),
  trigger('human-agent-email-trigger', 'human-agent-email', 'humanAgentEmail', 'EmailMessage', (on) => on.humanAgent),
  trigger('owner-change-trigger', 'owner-change', 'ownerChange', 'Case', (options) => options.ownerChange),
  trigger('outbound-sender', 'outbound-sender', 'outboundSender', 'EmailMessage'),
  trigger('bounce-trigger', 'bounce', 'bounce', 'EmailMessage', (options) => options.bounce),
  trigger('case-closed-trigger', 'case-closed', 'caseClosed', 'Case', (options) => options.caseClosed),
  {
    role: 'permission-set',
    type: 'PermissionSet',
    template: 'metadata/permission-set',
    version: 1,
    fullName: (names) => names.permissionSet,
  },
];

function trigger(
  role: ComponentRole,
  template: string,
  name: keyof BlueprintSettings['names']['triggers'],
  object: 'Case' | 'EmailMessage',
  when: (options: BlueprintSettings['options']) => boolean = () => true,
): ComponentRow {
  return {
    role,
    type: 'ApexTrigger',
    template: `triggers/${template}.trigger`,
    version: 1,
    fullName: (names) => names.triggers[name],
    object,
    when,
  };
}
