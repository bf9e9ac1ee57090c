import { isEmailAddress } from '../../records/save/coerce-value.ts';
import type { SaveError } from '../../records/save/save-error.ts';
import { saveRecords } from '../../records/save/save-records.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import { clientThreadIdentifier, messageIdsOf } from '../threading/case-of-headers.ts';
import type { Thread } from './find-thread.ts';
import type { IncomingMail } from './incoming-mail.ts';
import type { ReceiveOutcome } from './receive-outcome.ts';
import { ownerOf } from '../routing/case-owner.ts';
import { sameAddress } from '../routing/routing-address.ts';
import type { RoutingAddress } from '../routing/routing-address.ts';

/** The objects a mail is saved in. */
export const savedObjects = ['Case', 'EmailMessage', 'ContentVersion', 'ContentDocumentLink'] as const;

/** Thrown to take everything back: one of the records was refused. */
export class MailNotSaved extends Error {
  override readonly name = 'MailNotSaved';
  readonly errors: readonly SaveError[];

  constructor(errors: readonly SaveError[]) {
    super(errors.map(({ statusCode, message }) => `${statusCode}: ${message}`).join('\n'));
    this.errors = errors;
  }
}

/** Characters that Email-to-Case keeps: longer mail is cut off (Email-to-Case considerations; field lengths). */
const MAX_BODY = 131_072;
const MAX_HEADERS = 32_000;
const MAX_DESCRIPTION = 32_000;
const MAX_SUPPLIED = 80;

/**
 * Saves a mail in the order Email-to-Case does: the case if it is a new one, the message, then the files, which triggers on
 * the message do not see yet.
 * @throws MailNotSaved if one of them is refused
 */
export function saveMail(
  org: OrgState,
  userId: string,
  mail: IncomingMail,
  routing: RoutingAddress,
  thread: Thread | undefined,
): ReceiveOutcome {
  const save = saverOf(org, userId);
  const caseId = thread?.caseId ?? save('Case', caseValues(org, mail, routing));
  const emailMessageId = save('EmailMessage', messageValues(org, mail, routing, caseId));
  // The platform has no empty files.
  const files = mail.attachments.filter(({ content }) => content.byteLength > 0);
  const fileIds = files.map(({ fileName, content }) => {
    const VersionData = Buffer.from(content).toString('base64');
    const versionId = save('ContentVersion', { PathOnClient: fileName.slice(-255), VersionData });
    const documentId = fieldText(org.records.get('ContentVersion', versionId)?.['ContentDocumentId']);
    save('ContentDocumentLink', { ContentDocumentId: documentId, LinkedEntityId: emailMessageId, ShareType: 'V' });
    return documentId;
  });
  // Derived from its files on the platform: no save, so no trigger.
  if (fileIds.length > 0) {
    org.records.update('EmailMessage', emailMessageId, { HasAttachment: true }, userId);
  }
  return {
    outcome: thread === undefined ? 'created' : 'threaded',
    by: thread?.by,
    caseId,
    caseNumber: fieldText(org.records.get('Case', caseId)?.['CaseNumber']),
    emailMessageId,
    fileIds,
  };
}

function saverOf(org: OrgState, userId: string): (sobject: string, values: Record<string, unknown>) => string {
  return (sobject, values) => {
    const request = { api: 'data', mode: 'system', operation: 'insert', allOrNone: true } as const;
    // The active assignment rule comes before the owner of the routing address.
    const records = [{ values, assignment: { rule: 'active', source: 'mail' } as const }];
    const [result] = saveRecords(org, { ...request, sobject, records, userId });
    if (result?.id === undefined) throw new MailNotSaved(result?.errors ?? []);
    return result.id;
  };
}

function caseValues(org: OrgState, mail: IncomingMail, routing: RoutingAddress): Record<string, unknown> {
  const sender = mail.from.address;
  const isAddress = isEmailAddress(sender);
  const contacts = isAddress
    ? org.records.all('Contact').filter((contact) => sameAddress(fieldText(contact['Email']), sender))
    : [];
  return {
    Subject: mail.subject.slice(0, 255),
    Description: mail.text.slice(0, MAX_DESCRIPTION),
    SuppliedEmail: isAddress && sender.length <= MAX_SUPPLIED ? sender : null,
    SuppliedName: mail.from.name.slice(0, MAX_SUPPLIED),
    Origin: routing.caseOrigin,
    Priority: routing.casePriority,
    OwnerId: ownerOf(org, routing),
    // Two contacts with the address of the sender are as good as none.
    ContactId: contacts.length === 1 ? contacts[0]?.Id : null,
  };
}

function messageValues(
  org: OrgState,
  mail: IncomingMail,
  routing: RoutingAddress,
  caseId: string,
): Record<string, unknown> {
  const { headers, messageId } = mail;
  const thread = messageIdsOf(headers, 'references')[0] ?? messageIdsOf(headers, 'in-reply-to')[0] ?? messageId;
  return {
    ParentId: caseId,
    Incoming: true,
    Status: '0',
    FromAddress: mail.from.address,
    FromName: mail.from.name,
    ToAddress: mail.to.join('; '),
    CcAddress: mail.cc.join('; '),
    Subject: mail.subject.slice(0, 3000),
    TextBody: mail.text.slice(0, MAX_BODY),
    HtmlBody: mail.html.slice(0, MAX_BODY),
    MessageDate: (mail.date ?? org.now()).toISOString(),
    MessageIdentifier: messageId?.slice(0, 255) ?? null,
    // The first mail of the thread, whether or not it ever came here.
    ThreadIdentifier: thread?.slice(0, 255) ?? null,
    ClientThreadIdentifier: clientThreadIdentifier(headers) ?? null,
    EmailRoutingAddressId: routing.id,
    Headers: routing.saveEmailHeaders ? mail.headerText.slice(0, MAX_HEADERS) : null,
  };
}
