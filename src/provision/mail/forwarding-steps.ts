import type { SetupSettings } from '../../config/setup-settings.ts';

export type MailProvider = SetupSettings['emailToCase']['mailProvider'];

export interface Forwarding {
  /** The address that customers write to, which is the routing address. */
  mailbox: string;
  /** The generated long address of the routing address (`…@….case.salesforce.com`). */
  emailServicesAddress: string;
}

/** Finds Gmail's verification mail, by the OpenCX pages; the nine-digit code, or the link, is in TextBody. */
export const gmailCodeQuery =
  "SELECT Id, Subject, TextBody, CreatedDate FROM EmailMessage WHERE FromAddress = 'forwarding-noreply@google.com' ORDER BY CreatedDate DESC LIMIT 1";

/** Finds the newest mail that reached Salesforce, whoever it is from. */
export const newestMailQuery =
  'SELECT Id, FromAddress, Subject, TextBody, CreatedDate FROM EmailMessage WHERE Incoming = true ORDER BY CreatedDate DESC LIMIT 1';

/**
 * What a person does, in order, so that mail to the mailbox reaches Email-to-Case; to be numbered where it is shown.
 * Follows the OpenCX pages, Google's help (answers 10957 and 2491924), Microsoft's "Control automatic external email
 * forwarding" and "Sender Rewriting Scheme", and Salesforce's "Guidelines for Email System Forwarding with Email-to-Case".
 */
export function forwardingSteps(provider: MailProvider, forwarding: Forwarding): readonly string[] {
  return [...providerSteps(provider, forwarding), keepAsIs, test(forwarding)];
}

function providerSteps(provider: MailProvider, forwarding: Forwarding): string[] {
  switch (provider) {
    case 'gmail':
      return gmailSteps(forwarding);
    case 'outlook':
      return outlookSteps(forwarding);
    case 'dns':
      return dnsSteps(forwarding);
    case 'other':
      return otherSteps(forwarding);
  }
}

/** What comes before all forwarding: the address has to be known to be its owner's. */
export function verificationStep(mailbox: string): string {
  return `Open the mail that Salesforce sent to ${mailbox} when the routing address was made, and follow its link. Setup → Email-to-Case → Routing Addresses has to show ${mailbox} as verified: until then Salesforce drops its mail without a word.`;
}

function gmailSteps({ mailbox, emailServicesAddress }: Forwarding): string[] {
  return [
    `In Gmail on a computer, as ${mailbox}: the gear → See all settings → Forwarding and POP/IMAP → Add a forwarding address. Where that is missing, an administrator has switched it off: Google Admin console → Apps → Google Workspace → Gmail → End User Access → Automatic forwarding.`,
    `Enter ${emailServicesAddress} and confirm.`,
    `Gmail mails a code of nine digits, or a link alone, to that address, so that it arrives as a new Case: opencx-sf verify gmail-code --wait 10m prints it. By hand, in Developer Console → Query Editor: ${gmailCodeQuery} (it is in TextBody). If no mail came, choose "Re-send email" beside the address in Gmail.`,
    'Enter the code in Gmail beside the address and choose Verify; or open the link and choose Confirm.',
    `Verifying does not forward anything yet: in the same place choose "Forward a copy of incoming mail to" ${emailServicesAddress}, keep Gmail's copy in the Inbox, and choose Save Changes at the bottom. Mail that Gmail takes for spam is not forwarded.`,
  ];
}

function outlookSteps({ mailbox, emailServicesAddress }: Forwarding): string[] {
  return [
    `Let ${mailbox} forward to the outside, which Microsoft 365 does not by default ("Automatic - System-controlled" is the same as off): Microsoft Defender portal → Email & collaboration → Policies & rules → Threat policies → Anti-spam → an outbound policy for ${mailbox} alone → Automatic forwarding rules: On. While it is off, senders get the bounce "5.7.520 Access denied, Your organization does not allow external forwarding".`,
    'In the Exchange admin center, under Mail flow, see that neither a remote domain nor a rule blocks automatic forwarding: where one setting allows it and another blocks it, the block wins.',
    `Forward the mailbox: Exchange admin center → Recipients → Mailboxes → ${mailbox} → its mail flow settings → Email forwarding → Forward all emails sent to this mailbox, to ${emailServicesAddress}, and keep a copy. In Exchange Online PowerShell: Set-Mailbox -Identity ${mailbox} -ForwardingSmtpAddress ${emailServicesAddress} -DeliverToMailboxAndForward $true`,
    `Or, instead, by a mail flow rule: make a mail contact for ${emailServicesAddress}, then a rule for mail whose recipient is ${mailbox} that redirects it to the contact. The mailbox then keeps no copy.`,
    'Microsoft 365 rewrites the envelope sender of what it forwards by itself (SRS), but not when mail leaves through servers of your own.',
  ];
}

function dnsSteps({ mailbox, emailServicesAddress }: Forwarding): string[] {
  const domain = mailbox.slice(mailbox.lastIndexOf('@') + 1);
  return [
    `Leave the MX records of ${domain} with your mail host, those of a subdomain for support too: Email-to-Case takes mail to its generated address, not to addresses in your domain, so that no MX record can point at Salesforce.`,
    `At the mail host that the MX records name, add a redirect (alias, transport or routing rule) for ${mailbox}: to ${emailServicesAddress}, and to a local mailbox as a copy. In Postfix, in a virtual alias map: ${mailbox} ${emailServicesAddress}, copy@${domain}`,
    srs,
  ];
}

function otherSteps({ mailbox, emailServicesAddress }: Forwarding): string[] {
  return [
    `In the settings of ${mailbox}, or as administrator of its mail host, forward (redirect) all mail to ${emailServicesAddress} and keep a copy in the mailbox. See that your organization's rules let mail be forwarded to the outside.`,
    `If the provider asks for proof of the address, its mail arrives as a new Case: the newest Case holds the code or link. In Developer Console → Query Editor: ${newestMailQuery}`,
    srs,
  ];
}

const srs =
  "The host should rewrite the envelope sender of what it forwards (SRS): with the customer's own sender, the mail comes from a server that the customer's SPF record does not name. It must not change subject, body or signed headers either, or the customer's DKIM signature breaks, and DMARC with it.";

const keepAsIs =
  'Let no rule change the mail on its way: no "[External]" before the subject, no disclaimer, no second alias that forwards to the same address. Email-to-Case finds the Case of a reply by its headers, and by the token in subject or body.';

function test({ mailbox }: Forwarding): string {
  return `Send a mail to ${mailbox} from an address outside your organization: it becomes a Case. If none is there after 30 minutes and Setup → Email Logs has no record of it, the mail was lost before Salesforce, mostly to SPF or DMARC. The OpenCX page then advises to publish include:_spf.salesforce.com in your SPF record, or to forward by a host that does SRS.`;
}
