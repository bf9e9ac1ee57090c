import type { OrgState } from '../../state/org-state.ts';

const KIND = 'mail';

export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

export interface MailAttachment {
  readonly fileName: string;
  /** Absent: by the name's extension. */
  readonly contentType?: string;
  readonly inline: boolean;
  /** The bytes in base64. */
  readonly base64: string;
}

/** How the hand-over to the SMTP relay went; absent where none is configured. */
export interface RelayState {
  readonly state: 'pending' | 'sent' | 'failed';
  /** The server's answer, or why it failed. */
  readonly detail: string;
}

/** A mail that Apex was told is on its way. */
export interface OutboxMail {
  /** Counts from 1 in each org. */
  readonly id: string;
  /** Discarded mail left nothing behind but its line in the email log: the sender is not told. */
  readonly status: 'sent' | 'discarded';
  /** As in Salesforce's email log. */
  readonly logLine: string;
  readonly createdDate: string;
  /** The user in whose name it was sent. */
  readonly userId: string;
  /** With angle brackets. */
  readonly messageId: string;
  readonly from: Mailbox;
  readonly replyTo: string | undefined;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly inReplyTo: string | undefined;
  readonly references: string | undefined;
  /** Header fields beside those, e.g. `X-SFDC-User`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly MailAttachment[];
  readonly relay?: RelayState;
}

/** Puts a mail into the outbox, or in the place of what it was. */
export function putMail(org: OrgState, mail: OutboxMail): void {
  org.documents.put(KIND, mail.id, mail);
}

export function findMail(org: OrgState, id: string): OutboxMail | undefined {
  return org.documents.get(KIND, id) as OutboxMail | undefined;
}

/** All mail ever accepted, oldest first. */
export function listMail(org: OrgState): OutboxMail[] {
  return org.documents.list(KIND).map(({ value }) => value as OutboxMail);
}

const TO_RELAY = 'mail-to-relay';

/** Notes that a mail is to be handed to the relay; rolled back with the transaction that sends it. */
export function markForRelay(org: OrgState, mail: OutboxMail): void {
  org.documents.put(TO_RELAY, mail.messageId, mail.id);
}

/** The mail that waits longest for the relay. */
export function nextForRelay(org: OrgState): OutboxMail | undefined {
  return org.documents
    .list(TO_RELAY)
    .map(({ value }) => findMail(org, String(value)))
    .find((mail) => mail !== undefined);
}

/** Keeps how the hand-over went; nothing if the org was reset meanwhile and the mail is gone. */
export function relayed(org: OrgState, mail: OutboxMail, relay: RelayState): void {
  if (org.documents.delete(TO_RELAY, mail.messageId)) putMail(org, { ...mail, relay });
}
