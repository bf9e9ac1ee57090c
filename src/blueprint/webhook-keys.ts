import { z } from 'zod';

/** Raised when a key is renamed, dropped or changes its meaning; new keys alone do not raise it. */
export const contractVersion = 1;

/** 15 or 18 characters; Apex always sends 18. */
const id = z.string().regex(/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/);
const text = z.string();
const instant = z.iso.datetime();

interface Key<S extends z.ZodType> {
  /** Default key on the wire. */
  wire: string;
  schema: S;
}

function key<S extends z.ZodType>(wire: string, schema: S, description: string): Key<S> {
  return { wire, schema: schema.describe(description) };
}

/** Keys of one item of `attachments`. */
export const attachmentKeys = {
  attachmentId: key('id', id, 'ContentVersion or Attachment that holds the file.'),
  attachmentName: key('name', text, 'File name with its extension.'),
  attachmentSize: key('size', z.int().nonnegative().nullable(), 'Size in bytes.'),
} as const;

const attachment = z.object({
  attachmentId: attachmentKeys.attachmentId.schema,
  attachmentName: attachmentKeys.attachmentName.schema,
  attachmentSize: attachmentKeys.attachmentSize.schema,
});

/** Every payload key, in groups; each group is one method of the Apex class. */
export const keyGroups = {
  envelope: {
    deliveryId: key('delivery_id', text.min(1), 'Same for every attempt at the same event: de-duplicate by it.'),
    contractVersion: key('contract_version', z.int().positive(), 'Version of this contract.'),
    event: key('event', text, 'Name of the event.'),
    occurredAt: key('occurred_at', instant, 'When the trigger ran, UTC.'),
    organizationId: key('organization_id', id, 'Salesforce org.'),
  },
  caseFacts: {
    caseId: key('case_id', id, 'Case the event belongs to.'),
    caseNumber: key('case_number', text.nullable(), 'Case number people see.'),
    caseSubject: key('case_subject', text.nullable(), 'Subject of the Case.'),
    caseStatus: key('case_status', text.nullable(), 'Status of the Case.'),
    caseOrigin: key('case_origin', text.nullable(), 'Origin of the Case, e.g. Email.'),
    casePriority: key('case_priority', text.nullable(), 'Priority of the Case.'),
    caseFrom: key('case_from', text.nullable(), 'Value of the field that marks Cases created by OpenCX.'),
    caseOwnerId: key('case_owner_id', id.nullable(), 'User or queue that owns the Case.'),
    contactId: key('contact_id', id.nullable(), 'Contact of the Case.'),
    contactEmail: key('contact_email', text.nullable(), "Contact's address."),
    suppliedEmail: key('supplied_email', text.nullable(), 'Address that Email-to-Case or a web form supplied.'),
    suppliedName: key('supplied_name', text.nullable(), 'Name that Email-to-Case or a web form supplied.'),
  },
  newCaseFacts: {
    caseDescription: key('case_description', text.nullable(), 'Description, cut to the size of a text body.'),
    caseDescriptionTruncated: key('case_description_truncated', z.boolean(), 'Whether the description was cut.'),
    createdById: key('created_by_id', id, 'User who created the Case.'),
  },
  emailFacts: {
    emailMessageId: key('email_message_id', id, 'EmailMessage record.'),
    messageIdentifier: key('message_identifier', text.nullable(), 'Message-ID header.'),
    threadIdentifier: key('thread_identifier', text.nullable(), 'Message-ID of the mail that began the thread.'),
    replyToEmailMessageId: key('reply_to_email_message_id', id.nullable(), 'EmailMessage that this one answers.'),
    subject: key('subject', text.nullable(), 'Subject of the mail.'),
    fromAddress: key('from_address', text.nullable(), 'Sender.'),
    fromName: key('from_name', text.nullable(), "Sender's name."),
    toAddresses: key('to_addresses', z.array(text), 'Recipients.'),
    ccAddresses: key('cc_addresses', z.array(text), 'Recipients of a copy.'),
    bccAddresses: key('bcc_addresses', z.array(text), 'Recipients of a hidden copy.'),
    messageDate: key('message_date', instant.nullable(), 'When the mail was sent, UTC.'),
    textBody: key('text_body', text.nullable(), 'Plain text body, cut to the configured size.'),
    textBodyTruncated: key('text_body_truncated', z.boolean(), 'Whether the plain text body was cut.'),
    htmlBody: key('html_body', text.nullable(), 'HTML body, cut to the configured size.'),
    htmlBodyTruncated: key('html_body_truncated', z.boolean(), 'Whether the HTML body was cut.'),
    isFirstMessage: key('is_first_message', z.boolean(), 'Whether this is the first mail of the Case.'),
    sentById: key('sent_by_id', id, 'User who created the EmailMessage.'),
    attachments: key('attachments', z.array(attachment), 'Files of the mail.'),
  },
  ownerChangeFacts: {
    oldOwnerId: key('old_owner_id', id, 'Owner before.'),
    newOwnerId: key('new_owner_id', id, 'Owner now.'),
    newOwnerType: key('new_owner_type', z.enum(['User', 'Queue']), 'What the new owner is.'),
    changedById: key('changed_by_id', id, 'User who changed the owner.'),
  },
  closeFacts: {
    closedAt: key('closed_at', instant.nullable(), 'When the Case was closed, UTC.'),
    closedById: key('closed_by_id', id, 'User who closed the Case.'),
  },
} as const satisfies Record<string, Record<string, Key<z.ZodType>>>;

export type KeyGroupName = keyof typeof keyGroups;
