import { blueprintSettingsSchema, type BlueprintSettingsInput } from '../../src/config/blueprint-settings.ts';
import type { BlueprintSettings } from '../../src/config/blueprint-settings.ts';

const required = {
  replyTo: 'support@example.com',
  integrationUsername: 'integration@example.com',
  webhookUrl: 'https://api.open.cx/backend/salesforce/webhook?token=a&b=c',
} satisfies BlueprintSettingsInput;

/** Complete settings: the defaults, what every rendering needs, and what a test adds. */
export function testSettings(...inputs: BlueprintSettingsInput[]): BlueprintSettings {
  return blueprintSettingsSchema.parse([required, ...inputs].reduce(merge, {}));
}

/** Every single departure from the defaults that renders differently. */
export const singleOptions = {
  'no-human-agent': { options: { humanAgent: false } },
  'no-owner-change': { options: { ownerChange: false } },
  'no-idempotency': { options: { idempotency: false } },
  bounce: { options: { bounce: true } },
  'case-closed': { options: { caseClosed: true } },
  'webhook-signature': { options: { webhookSignature: true } },
  sendgrid: { options: { emailService: 'sendgrid' } },
  postmark: { options: { emailService: 'postmark' } },
  mailgun: { options: { emailService: 'mailgun' } },
  'external-credential': { options: { credentialModel: 'external' } },
  'org-wide-address': { orgWideEmailAddress: 'care@example.com' },
  'display-name': { senderDisplayName: "Zoë O'Neill \\ Support" },
  'no-retry': { webhook: { retryDelaysMinutes: [] } },
  'test-fields': {
    testRecords: {
      caseFields: { Region__c: "it's", Level__c: 2, Vip__c: true },
      userFields: { Department: 'Support' },
    },
  },
  renamed: {
    names: {
      apexClass: 'AcmeDesk',
      testClass: 'AcmeDeskTest',
      triggers: {
        newCase: 'AcmeNewCase',
        customerEmail: 'AcmeCustomerEmail',
        humanAgentEmail: 'AcmeAgentEmail',
        ownerChange: 'AcmeOwnerChange',
        outboundSender: 'AcmeSender',
        bounce: 'AcmeBounce',
        caseClosed: 'AcmeClosed',
      },
      namedCredential: 'Acme_Webhook',
      externalCredential: 'Acme_Principal',
      permissionSet: 'Acme_Desk',
      caseFromField: 'Acme_Source__c',
      caseSessionField: 'Acme_Session__c',
      emailSentField: 'Acme_Sent__c',
      webhookSetting: 'Acme_Signing__c',
    },
    namedCredential: { label: 'Acme Webhook' },
    contract: {
      events: { caseCreated: 'ticket.opened', customerEmail: 'ticket.mail' },
      keys: {
        caseId: 'ticketId',
        event: 'type',
        emailMessageId: 'mailId',
        attachments: 'files',
        attachmentId: 'fileId',
      },
    },
  },
} satisfies Record<string, BlueprintSettingsInput>;

export type OptionName = keyof typeof singleOptions;

/** Options of which one org can have but one. */
const alternatives: OptionName[][] = [
  ['sendgrid', 'postmark', 'mailgun'],
  ['org-wide-address', 'display-name'],
];

/** Settings of the default, of each option, and (with `pairs`) of each two options that can be had together. */
export function* variants(scope: 'singles' | 'pairs'): Generator<[string, BlueprintSettings]> {
  yield ['default', testSettings()];
  const names = Object.keys(singleOptions) as OptionName[];
  for (const name of names) yield [name, testSettings(singleOptions[name])];
  if (scope === 'singles') return;
  for (const [index, first] of names.entries()) {
    for (const second of names.slice(index + 1)) {
      if (alternatives.some((group) => group.includes(first) && group.includes(second))) continue;
      yield [`${first}+${second}`, testSettings(singleOptions[first], singleOptions[second])];
    }
  }
}

type Mergeable = Record<string, unknown>;

function merge(base: Mergeable, change: Mergeable): Mergeable {
  const merged = { ...base };
  for (const [key, value] of Object.entries(change)) {
    const before = merged[key];
    merged[key] = isPlain(before) && isPlain(value) ? merge(before, value) : value;
  }
  return merged;
}

function isPlain(value: unknown): value is Mergeable {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
