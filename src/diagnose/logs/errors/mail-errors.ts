import { byCode, type KnownError } from './known-error.ts';

/**
 * What `Messaging.sendEmail` refuses a mail with. Where a row names no other source, it is the list of status codes (SOAP API
 * Developer Guide, "Core Data Types Used in API Calls") and the reference of `Messaging.SingleEmailMessage`.
 */
export const mailErrors: readonly KnownError[] = [
  ...byCode({
    // Help article 000384750: "System email only" is what a refreshed sandbox starts with.
    NO_MASS_MAIL_PERMISSION: {
      meaning:
        'Apex may send no mail here: Deliverability is not at "All email", or the running user lacks "Send Email".',
      mend: 'Set Setup → Email → Deliverability → Access level to "All email" (a refreshed sandbox starts with "System email only"). Then see that the profile or a permission set of the integration user has "Send Email".',
      setupPage: 'OrgEmailSettings/home',
    },
    // Salesforce limits of "Single email": 5,000 external recipients a day, 50 in Developer Edition and trials.
    SINGLE_EMAIL_LIMIT_EXCEEDED: {
      meaning:
        'The org has used up its external recipients for this day (GMT): 5,000, or 50 in a Developer Edition or trial.',
      mend: 'It goes on at midnight GMT by itself. If it happens often, send through an e-mail service: set blueprint.options.emailService and run opencx-sf deploy-apex.',
    },
    MASS_MAIL_LIMIT_EXCEEDED: {
      meaning: 'The org has used up its mass mail for this day (GMT).',
      mend: 'It goes on at midnight GMT by itself; this integration sends no mass mail, so look for what else does.',
    },
    UNVERIFIED_SENDER_ADDRESS: {
      meaning: 'The organization-wide address that mail is sent from has not been verified.',
      mend: 'Open the link that Salesforce has mailed to that address; Setup → Organization-Wide Addresses → Resend mails it again.',
      setupPage: 'OrgWideEmailAddresses/home',
    },
    DUPLICATE_SENDER_DISPLAY_NAME: {
      meaning:
        'The mail has both an organization-wide address, which has a display name of its own, and a sender name.',
      mend: 'Set either blueprint.orgWideEmailAddress or blueprint.senderDisplayName, not both, and run opencx-sf deploy-apex.',
    },
    INVALID_EMAIL_ADDRESS: {
      meaning: 'One of the addresses of the mail is no e-mail address.',
      mend: 'Correct the recipient on the EmailMessage or its Contact; if it is the reply address, correct blueprint.replyTo and run opencx-sf deploy-apex.',
    },
    EMAIL_ADDRESS_BOUNCED: {
      meaning: 'Mail to this recipient has bounced before, and Salesforce sends none until the address is confirmed.',
      mend: 'Correct or confirm the address on the Contact; Setup → Deliverability → "Activate bounce management" decides about it.',
      setupPage: 'OrgEmailSettings/home',
    },
    EMAIL_OPTED_OUT: {
      meaning: 'The recipient has opted out of e-mail in Salesforce.',
      mend: 'Clear "Email Opt Out" on the Contact if the customer wants answers.',
    },
    EMAIL_NOT_PROCESSED_DUE_TO_PRIOR_ERROR: {
      meaning: 'This mail was not tried because another one of the same call was refused.',
      mend: 'Mend the other error, which the log names beside this one.',
    },
    ERROR_IN_MAILER: {
      meaning: 'Salesforce could not hand the mail on: an address is invalid, or its mail service failed.',
      mend: 'Check the addresses of the mail, then https://status.salesforce.com.',
    },
    NO_ATTACHMENT_PERMISSION: {
      meaning: 'The org does not let mail have attachments.',
      mend: 'Ask Salesforce Support to permit e-mail attachments, or let OpenCX answer without files.',
    },
    INVALID_MESSAGE_ID_REFERENCE: {
      meaning: 'A Message-ID that the answer should refer to has not the form of one.',
      mend: 'Look at MessageIdentifier of the EmailMessage that is answered; run opencx-sf upgrade if the Apex in the org is older.',
    },
  }),
  {
    // What Messaging.reserveSingleEmailCapacity throws where NO_MASS_MAIL_PERMISSION would be the answer to a mail.
    code: 'System.NoAccessException',
    pattern: /not permitted to send email/i,
    meaning: 'Apex may send no mail here: Deliverability is not at "All email".',
    mend: 'Set Setup → Email → Deliverability → Access level to "All email".',
    setupPage: 'OrgEmailSettings/home',
  },
  {
    // Rules of spring 2026 (Help articles 005316911, 005316090): the mail is dropped, Apex sees success.
    code: '550 5.7.1',
    pattern: /\b550 5\.7\.1\b.*not authorized/i,
    meaning: 'Salesforce has dropped the mail because the domain it is from is not verified.',
    mend: 'Activate a DKIM key for the domain or verify it as an authorized e-mail domain; opencx-sf plan names the records.',
    setupPage: 'EmailDomainKey/home',
  },
];
