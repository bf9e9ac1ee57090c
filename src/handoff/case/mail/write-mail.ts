import { OpencxError } from '../../../errors/opencx-error.ts';
import type { MessageInput } from '../../api/schema/message-input.ts';
import { ownMessageIdentifier } from '../../session/own-message.ts';
import type { Session } from '../../session/session.ts';
import { soqlText, type CaseOrg } from '../case-org.ts';
import type { CaseSettings } from '../case-settings.ts';
import { emptyFiles, writeFiles, type WrittenFile } from '../files/write-files.ts';
import { Unfit } from '../unfit.ts';
import { mailValues } from './mail-values.ts';

/** What a message has become, as its attempt shows it. */
export interface MailWritten {
  readonly caseId: string;
  readonly emailMessageId: string;
  readonly messageIdentifier: string;
  readonly files: readonly WrittenFile[];
  /** Names of files that were empty. */
  readonly leftOut: readonly string[];
}

/** A session that a Case holds. */
export type CaseSession = Session & { readonly caseId: string };

/**
 * Writes a message as EmailMessage on the Case, once: it is found again by its Message-ID. What the AI says is sent by our trigger,
 * in the transaction that saves it; what the contact said elsewhere is there to be read.
 * @param messageId UUID in lower case
 * @throws OpencxError with Salesforce's words · Unfit if it can never be sent
 */
export async function writeMail(
  org: CaseOrg,
  message: MessageInput,
  messageId: string,
  session: CaseSession,
  settings: CaseSettings,
): Promise<MailWritten> {
  const { caseId } = session;
  const identifier = ownMessageIdentifier(messageId, settings.replyTo.split('@').at(-1) ?? '');
  const before = await findMail(org, caseId, identifier, settings);
  // What an earlier attempt has sent is sent, whatever has happened since.
  if (before === undefined && message.role === 'ai') refuseIfOver(session);
  // Files before the mail: the trigger looks for them as the mail is saved.
  const { written: files, refused } = await writeFiles(org, caseId, message.attachments, `message ${messageId}`);
  // A mail that speaks of a file must not go without it.
  const [missing] = refused;
  if (missing !== undefined) throw missing.error;
  const mail = before ?? (await saveMail(org, message, identifier, files, session, settings));
  if (message.role === 'ai' && settings.sentField !== undefined && !mail.isSent) throw notSent(mail.id);
  return {
    caseId,
    emailMessageId: mail.id,
    messageIdentifier: identifier,
    files,
    leftOut: emptyFiles(message.attachments),
  };
}

/** It may have waited while the org was down. @throws Unfit */
function refuseIfOver({ state }: Session): void {
  if (state === 'handedOff') {
    throw new Unfit('A representative has taken the session over in the meantime: the AI does not answer.');
  }
  if (state === 'resolved') throw new Unfit('The Case was closed in the meantime: the AI does not answer.');
}

interface SavedMail {
  readonly id: string;
  readonly isSent: boolean;
}

/** Salesforce may keep a Message-ID with its brackets or without. */
async function findMail(
  org: CaseOrg,
  caseId: string,
  identifier: string,
  { sentField }: CaseSettings,
): Promise<SavedMail | undefined> {
  const spellings = [identifier, identifier.slice(1, -1)].map(soqlText).join(', ');
  const [row] = await org.query<{ Id: string } & Record<string, unknown>>(
    `SELECT Id${sentField === undefined ? '' : `, ${sentField}`} FROM EmailMessage ` +
      `WHERE ParentId = ${soqlText(caseId)} AND MessageIdentifier IN (${spellings})`,
    'looking for the mail that may be there already',
  );
  if (row === undefined) return undefined;
  return { id: row.Id, isSent: sentField !== undefined && row[sentField] === true };
}

async function saveMail(
  org: CaseOrg,
  message: MessageInput,
  identifier: string,
  files: readonly WrittenFile[],
  session: CaseSession,
  settings: CaseSettings,
): Promise<SavedMail> {
  const known = await readCase(org, session.caseId);
  const answered = message.role === 'ai' ? await lastOfContact(org, session.caseId) : undefined;
  const values = {
    ...mailValues(message, session, known, settings),
    MessageIdentifier: identifier,
    ...(answered === undefined ? {} : { ReplyToEmailMessageId: answered }),
    // Linked in the request that makes the mail; that a trigger after it sees the links is not documented.
    ...(files.length === 0 ? {} : { ContentDocumentIds: files.map(({ documentId }) => documentId) }),
  };
  const id = await org.create('EmailMessage', values, 'saving the mail on the Case');
  const saved = await findMail(org, session.caseId, identifier, settings);
  if (saved !== undefined) return saved;
  throw new OpencxError('ORG_UNEXPECTED_ANSWER', {
    message: `EmailMessage ${id} was saved and cannot be found by its Message-ID, so that nothing would keep it from being sent twice.`,
  });
}

/** What a Case knows of its mail. */
export interface CaseMail {
  readonly subject: string | undefined;
  readonly email: string | undefined;
}

async function readCase(org: CaseOrg, caseId: string): Promise<CaseMail> {
  const [row] = await org.query<{
    Subject: string | null;
    ContactEmail: string | null;
    SuppliedEmail: string | null;
  }>(`SELECT Subject, ContactEmail, SuppliedEmail FROM Case WHERE Id = ${soqlText(caseId)}`, 'reading the Case');
  if (row === undefined) throw new Unfit(`Case ${caseId} is not there any more, or this user may not see it.`);
  return { subject: row.Subject ?? undefined, email: row.ContactEmail ?? row.SuppliedEmail ?? undefined };
}

/** The mail that an answer belongs to, so that mail programs of the contact show both as one conversation. */
async function lastOfContact(org: CaseOrg, caseId: string): Promise<string | undefined> {
  const [row] = await org.query<{ Id: string }>(
    `SELECT Id FROM EmailMessage WHERE ParentId = ${soqlText(caseId)} AND Incoming = true ` +
      "AND (NOT MessageIdentifier LIKE '%opencx-sf.%') ORDER BY MessageDate DESC, Id DESC LIMIT 1",
    'looking for the mail that is answered',
  );
  return row?.Id;
}

/** The trigger runs once, as the mail is saved: nothing sends it later. */
function notSent(id: string): Unfit {
  return new Unfit(
    `Salesforce saved the mail as EmailMessage ${id} and did not send it: opencx-sf verify shows why (the trigger sends what the integration user saves; deliverability; the limit of the day).`,
  );
}
