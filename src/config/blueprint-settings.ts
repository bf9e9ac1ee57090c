import { z } from 'zod';

const text = (description: string) => z.string().describe(description);
const named = (value: string, description: string) => z.string().default(value).describe(description);
const flag = (value: boolean, description: string) => z.boolean().default(value).describe(description);

const triggerNames = z
  .strictObject({
    newCase: named('OpenCaseTrigger', 'Trigger on Case that reports new Cases.'),
    customerEmail: named('OpenEmailMessageCustomerTrigger', 'Trigger on EmailMessage that reports customer mail.'),
    humanAgentEmail: named('OpenEmailMessageHumanAgentTrigger', 'Trigger on EmailMessage that reports agent mail.'),
    ownerChange: named('OpenCaseOwnerChangeTrigger', 'Trigger on Case that reports a new owner.'),
    outboundSender: named('OpenCxOutboundEmailSender', 'Trigger on EmailMessage that sends the AI replies.'),
    bounce: named('OpenEmailMessageBounceTrigger', 'Optional trigger on EmailMessage that reports bounced mail.'),
    caseClosed: named('OpenCaseClosedTrigger', 'Optional trigger on Case that reports closed Cases.'),
  })
  .prefault({})
  .describe('API names of the Apex triggers.');

const names = z
  .strictObject({
    apexClass: named('OpenSalesforceCaseManagement', 'API name of the Apex class with the logic.'),
    testClass: named('OpenSalesforceCaseManagementTest', 'API name of the Apex test class.'),
    triggers: triggerNames,
    namedCredential: named('OpenCX_Integration', 'API name of the Named Credential that holds the webhook URL.'),
    externalCredential: named('OpenCX_Integration', 'API name of the External Credential (credentialModel external).'),
    permissionSet: named('OpenCX_Integration', 'API name of the permission set.'),
    caseFromField: named('Case_From__c', 'API name of the Case field that marks Cases created by OpenCX.'),
    caseSessionField: named('OpenCX_Session_Id__c', 'API name of the Case field that holds its OpenCX session.'),
    webhookSetting: named(
      'OpenCX_Webhook__c',
      'API name of the custom setting with the secret that signs webhook calls.',
    ),
    emailSentField: named('OpenCx_Sent__c', 'API name of the EmailMessage field that marks mail already sent.'),
  })
  .prefault({})
  .describe('API names of everything that is put into the org.');

const webhook = z
  .strictObject({
    timeoutMs: z
      .int()
      .min(1000)
      .max(120_000)
      .default(20_000)
      .describe(
        'How long one webhook call may take, in milliseconds; Salesforce allows 120,000 for all calls of a job.',
      ),
    retryDelaysMinutes: z
      .array(z.int().min(0).max(10))
      .max(4)
      .default([1, 5])
      .describe('Minutes to wait before each further attempt; Salesforce delays a Queueable by at most 10 minutes.'),
    maxTextBodyChars: z
      .int()
      .min(100)
      .max(131_072)
      .default(32_000)
      .describe('Characters of a plain text body that are sent; what is longer is cut and flagged.'),
    maxHtmlBodyChars: z
      .int()
      .min(100)
      .max(131_072)
      .default(64_000)
      .describe('Characters of an HTML body that are sent; what is longer is cut and flagged.'),
    maxChunkBodyChars: z
      .int()
      .min(20_000)
      .max(1_500_000)
      .default(1_000_000)
      .describe('Characters that all bodies of one trigger run may have together: Apex has 6 MB of memory there.'),
  })
  .prefault({})
  .describe('How Apex calls the webhook.');

const contract = z
  .strictObject({
    events: z
      .record(z.string(), z.string())
      .default({})
      .describe('Event names to be used instead of the defaults, by their name in the contract, e.g. caseCreated.'),
    keys: z
      .record(z.string(), z.string())
      .default({})
      .describe('Payload keys to be used instead of the defaults, by their name in the contract, e.g. caseId.'),
  })
  .prefault({})
  .describe('Renames of the webhook contract, for a receiver that expects other names.');

const options = z
  .strictObject({
    humanAgent: flag(true, 'Report mail that a person sends from a Case.'),
    ownerChange: flag(true, 'Report Cases that a person gives to another owner.'),
    idempotency: flag(true, 'Mark sent mail in a field, so that a trigger run twice does not send twice.'),
    bounce: flag(false, 'Report outgoing mail that bounced.'),
    caseClosed: flag(false, 'Report Cases that are closed.'),
    webhookSignature: flag(false, 'Sign webhook calls by HMAC, with a secret that `webhook secret` puts into the org.'),
    emailService: z
      .enum(['none', 'sendgrid', 'postmark', 'mailgun'])
      .default('none')
      .describe('Send through this e-mail service instead of Salesforce, which sends at most 5,000 mails a day.'),
    credentialModel: z
      .enum(['legacy', 'external'])
      .default('legacy')
      .describe('Legacy Named Credential (no grant per user), or Named Credential with External Credential.'),
  })
  .prefault({})
  .describe('What is built, beyond the core.');

const namedCredential = z
  .strictObject({
    label: named('OpenCX_Integration', 'Label of the Named Credential.'),
    allowMergeFieldsInBody: flag(true, 'Allow merge fields in the HTTP body, as the set-up page ticks it.'),
    allowMergeFieldsInHeader: flag(false, 'Allow merge fields in HTTP headers.'),
    generateAuthorizationHeader: flag(true, 'Generate an Authorization header, as the set-up page ticks it.'),
  })
  .prefault({})
  .describe('Options of the Named Credential.');

const permissionSet = z
  .strictObject({
    label: named('OpenCX Integration', 'Label of the permission set.'),
    grantCaseAccess: flag(true, 'Grant reading, creating and editing Cases along with the fields.'),
  })
  .prefault({})
  .describe('Details of the permission set.');

const emailService = z
  .strictObject({
    namedCredential: named(
      'OpenCX_Email_Service',
      "API name of the Named Credential of the e-mail service; made by an administrator, since it holds the service's key.",
    ),
    mailgunDomain: text('Mailgun sending domain; without it, the domain of the From address.').optional(),
  })
  .prefault({})
  .describe('The e-mail service, when options.emailService names one.');

const extraFields = (object: string) =>
  z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .describe(`Further ${object} fields and values for test records, for orgs whose validation rules ask for them.`);

const testRecords = z
  .strictObject({
    caseFields: extraFields('Case'),
    emailMessageFields: extraFields('EmailMessage'),
    userFields: extraFields('User'),
  })
  .prefault({})
  .describe('What the records of the Apex tests carry beyond what the tests need.');

/**
 * Everything the blueprint depends on; the defaults are the names and settings of the published OpenCX pages.
 * Only types and ranges are checked here. Whether a value may enter Apex or metadata is decided in `blueprint/`,
 * which names all problems at once.
 */
export const blueprintSettingsSchema = z
  .strictObject({
    apiVersion: named('66.0', 'Salesforce API version of the components, e.g. 66.0.'),
    replyTo: text('Address that customers answer to: the verified Email-to-Case routing address.').optional(),
    integrationUsername: text('Username of the Salesforce user OpenCX logs in as.').optional(),
    webhookUrl: text('Webhook URL shown in OpenCX under Settings, Integrations, Salesforce.').optional(),
    orgWideEmailAddress: text('Verified organization-wide address that mail is sent from.').optional(),
    senderDisplayName: text('Display name of the sender; never together with orgWideEmailAddress.').optional(),
    caseFromValue: named('opencx', 'Value of the Case field that marks Cases created by OpenCX.'),
    names,
    options,
    webhook,
    contract,
    namedCredential,
    permissionSet,
    emailService,
    testRecords,
  })
  .describe('What is rendered for the org.');

/** Settings with every default filled in. */
export type BlueprintSettings = z.output<typeof blueprintSettingsSchema>;
/** Settings as written in a configuration file. */
export type BlueprintSettingsInput = z.input<typeof blueprintSettingsSchema>;
