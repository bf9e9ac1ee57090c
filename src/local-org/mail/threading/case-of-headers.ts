import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import { caseOfMessageId } from './message-id.ts';

export interface MailHeader {
  readonly name: string;
  readonly value: string;
}

/** Bytes at the start of Outlook's Thread-Index that all mails of a thread share. */
const THREAD_INDEX_BYTES = 22;

/**
 * The case that a reply belongs to by its headers: In-Reply-To, then References from the newest back, among the Message-IDs
 * of the org's EmailMessages and of `threadingMessageId`; then Outlook's Thread-Index.
 */
export function caseOfHeaders(org: OrgState, headers: readonly MailHeader[]): string | undefined {
  const named = messageIdsOf(headers, 'references').reverse();
  for (const messageId of [...messageIdsOf(headers, 'in-reply-to'), ...named]) {
    const caseId = caseOfMessage(org, 'MessageIdentifier', messageId) ?? caseOfMessageId(org, messageId);
    if (caseId !== undefined) return caseId;
  }
  const thread = clientThreadIdentifier(headers);
  return thread === undefined ? undefined : caseOfMessage(org, 'ClientThreadIdentifier', thread);
}

/** Message-IDs in the header fields of a name (lower case), in their order. */
export function messageIdsOf(headers: readonly MailHeader[], name: string): string[] {
  return headers
    .filter((header) => header.name.toLowerCase() === name)
    .flatMap(({ value }) => value.match(/<[^<>\s]+>/g) ?? []);
}

/** What `EmailMessage.ClientThreadIdentifier` holds of a mail from Outlook: the thread's part of its Thread-Index. */
export function clientThreadIdentifier(headers: readonly MailHeader[]): string | undefined {
  const index = headers.find((header) => header.name.toLowerCase() === 'thread-index');
  const bytes = Buffer.from(index?.value.trim() ?? '', 'base64');
  return bytes.length < THREAD_INDEX_BYTES ? undefined : bytes.subarray(0, THREAD_INDEX_BYTES).toString('base64');
}

function caseOfMessage(org: OrgState, field: string, value: string): string | undefined {
  for (const message of org.records.find('EmailMessage', { [field]: value })) {
    const parent = org.records.get('Case', fieldText(message['ParentId']));
    if (parent !== undefined) return parent.Id;
  }
  return undefined;
}
