import type { BlueprintSettings } from '../../config/blueprint-settings.ts';
import { webhookContract, type WebhookContract } from '../webhook-contract.ts';
import { signatureHeader } from '../webhook-signature.ts';

/** What templates see. Every value gets into Apex or XML through a helper that escapes or checks it. */
export interface TemplateContext {
  apiVersion: string;
  names: BlueprintSettings['names'];
  options: BlueprintSettings['options'];
  namedCredential: BlueprintSettings['namedCredential'];
  permissionSet: BlueprintSettings['permissionSet'];
  webhook: BlueprintSettings['webhook'];
  contract: WebhookContract;
  caseFromValue: string;
  replyTo: string;
  integrationUsername: string;
  webhookUrl: string;
  orgWideEmailAddress: string | null;
  senderDisplayName: string | null;
  legacyCredential: boolean;
  /** Whether updating a Case reports both a new owner and a closing. */
  hasBothCaseTriggers: boolean;
  /** Name of the one principal of the External Credential. */
  externalPrincipal: string;
  webhookEndpoint: string;
  /** Header field of the signature of a webhook call. */
  signatureHeader: string;
  sendsBySalesforce: boolean;
  /** The chosen e-mail service, for templates to branch on. */
  service: { sendgrid: boolean; postmark: boolean; mailgun: boolean; endpoint: string };
  /** JSON of the fields that test records carry besides their own. */
  testFields: { caseJson: string; emailMessageJson: string; userJson: string };
}

/**
 * The template context of settings; call `validateSettings` first, nothing is checked here.
 * Absent required values become empty strings so that this function can be tested without validation.
 */
export function templateContext(settings: BlueprintSettings): TemplateContext {
  const { options, testRecords } = settings;
  const replyTo = settings.replyTo ?? '';
  const from = settings.orgWideEmailAddress ?? replyTo;
  return {
    apiVersion: settings.apiVersion,
    names: settings.names,
    options,
    namedCredential: settings.namedCredential,
    permissionSet: settings.permissionSet,
    webhook: settings.webhook,
    contract: webhookContract(settings.contract),
    caseFromValue: settings.caseFromValue,
    replyTo,
    integrationUsername: settings.integrationUsername ?? '',
    webhookUrl: settings.webhookUrl ?? '',
    orgWideEmailAddress: settings.orgWideEmailAddress ?? null,
    senderDisplayName: settings.senderDisplayName ?? null,
    hasBothCaseTriggers: options.ownerChange && options.caseClosed,
    legacyCredential: options.credentialModel === 'legacy',
    externalPrincipal: 'OpenCX_Webhook',
    signatureHeader,
    webhookEndpoint: `callout:${settings.names.namedCredential}`,
    sendsBySalesforce: options.emailService === 'none',
    service: {
      sendgrid: options.emailService === 'sendgrid',
      postmark: options.emailService === 'postmark',
      mailgun: options.emailService === 'mailgun',
      endpoint: `callout:${settings.emailService.namedCredential}${servicePath(settings, from)}`,
    },
    testFields: {
      caseJson: JSON.stringify(testRecords.caseFields),
      emailMessageJson: JSON.stringify(testRecords.emailMessageFields),
      userJson: JSON.stringify(testRecords.userFields),
    },
  };
}

/** Path below the base URL of the service's API, which its Named Credential holds. */
function servicePath(settings: BlueprintSettings, from: string): string {
  const mailgunDomain = settings.emailService.mailgunDomain ?? from.slice(from.lastIndexOf('@') + 1);
  const paths = {
    none: '',
    sendgrid: '/v3/mail/send',
    postmark: '/email',
    mailgun: `/v3/${mailgunDomain}/messages`,
  } satisfies Record<BlueprintSettings['options']['emailService'], string>;
  return paths[settings.options.emailService];
}
