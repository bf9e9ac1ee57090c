import type { Address, Mailbox } from 'postal-mime';

import type { MailHeader } from '../threading/case-of-headers.ts';
import { messageIdsOf } from '../threading/case-of-headers.ts';
import { htmlText } from './html-text.ts';

export interface IncomingAttachment {
  readonly fileName: string;
  readonly mimeType: string;
  readonly content: Uint8Array;
}

/** A mail as it came, taken apart. */
export interface IncomingMail {
  readonly from: Mailbox;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  /** Where the mail systems on its way say they delivered it: a forwarded mail has its old To. */
  readonly deliveredTo: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** With angle brackets. */
  readonly messageId: string | undefined;
  /** Undefined if it has none that can be read. */
  readonly date: Date | undefined;
  readonly headers: readonly MailHeader[];
  /** The header fields as they came. */
  readonly headerText: string;
  readonly attachments: readonly IncomingAttachment[];
}

const DELIVERY_FIELDS = new Set(['delivered-to', 'x-forwarded-to', 'x-original-to', 'envelope-to', 'resent-to']);
const NO_NAME = 'noname';
/** Years of the platform's date fields. */
const MIN_YEAR = 1700;
const MAX_YEAR = 4000;

/** A message that cannot be taken apart, e.g. one nested too deeply. */
export class MailNotReadable extends Error {
  override readonly name = 'MailNotReadable';
}

/**
 * Takes a raw RFC 5322 message apart.
 * @throws MailNotReadable
 */
export async function parseMail(raw: Uint8Array): Promise<IncomingMail> {
  const { default: PostalMime, addressParser } = await import('postal-mime');
  const email = await PostalMime.parse(raw, { forceRfc822Attachments: true }).catch((error: unknown) => {
    throw new MailNotReadable(error instanceof Error ? error.message : String(error), { cause: error });
  });
  const headers = email.headers.map(({ originalKey, value }) => ({ name: originalKey, value }));
  const delivered = email.headers.filter(({ key }) => DELIVERY_FIELDS.has(key));
  return {
    from: mailboxes([email.from ?? email.sender])[0] ?? { name: '', address: '' },
    to: addresses(email.to ?? []),
    cc: addresses(email.cc ?? []),
    deliveredTo: delivered.flatMap(({ value }) => addresses(addressParser(value))),
    subject: email.subject ?? '',
    text: email.text ?? (email.html === undefined ? '' : htmlText(email.html)),
    html: email.html ?? '',
    messageId: messageIdsOf(headers, 'message-id')[0],
    date: dateOf(email.date),
    headers,
    headerText: email.headerLines.map(({ line }) => line).join('\n'),
    attachments: email.attachments.map(({ filename, mimeType, content }) => ({
      fileName: filename ?? NO_NAME,
      mimeType,
      content: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content),
    })),
  };
}

function mailboxes(given: readonly (Address | undefined)[]): Mailbox[] {
  return given.flatMap((one) => (one === undefined ? [] : (one.group ?? [one])));
}

/** Each address once, however often and under whatever names it is there. */
function addresses(given: readonly Address[]): string[] {
  const byKey = new Map(mailboxes(given).map(({ address }) => [address.toLowerCase(), address]));
  byKey.delete('');
  return [...byKey.values()];
}

function dateOf(text: string | undefined): Date | undefined {
  const date = new Date(text ?? '');
  const year = date.getUTCFullYear();
  return year >= MIN_YEAR && year <= MAX_YEAR ? date : undefined;
}
