import type { SentMail } from './mail-ports.ts';

export interface Reply {
  /** Who answers. */
  from: string;
  /** In angle brackets, unique. */
  messageId: string;
  date: Date;
  text: string;
}

/**
 * What a mail program sends when a person answers a mail: to its Reply-To, with its subject, its text quoted and its thread
 * in the headers (RFC 5322).
 */
export function replyMail(mail: SentMail, { from, messageId, date, text }: Reply): string {
  const quotes = (mail.text ?? '').split(/\r?\n/).map((line) => `> ${line}`);
  const references = [mail.references, mail.messageId].filter((part) => part !== undefined && part !== '');
  const headers = [
    ['From', from],
    ['To', mail.replyTo ?? mail.from.address],
    ['Subject', `Re: ${mail.subject}`],
    ['Message-ID', messageId],
    ['In-Reply-To', mail.messageId],
    ['References', references.join(' ')],
    ['Date', date.toUTCString().replace('GMT', '+0000')],
    ['MIME-Version', '1.0'],
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Transfer-Encoding', '8bit'],
  ].map(([name, value]) => `${name}: ${oneLine(value ?? '')}`);
  return [...headers, '', text, '', ...quotes, ''].join('\r\n');
}

/** A line end in a value would begin another header. */
function oneLine(value: string): string {
  return value.replaceAll(/[\r\n]+/g, ' ');
}

/** Salesforce's two forms of threading token: of Lightning threading, and of the reference ids before it. */
const tokenShape = /thread::[^\s:]+::|ref:[!_]?[^\s:]+:ref/;

/** The threading token in a text; undefined if there is none. */
export function threadingToken(text: string | undefined): string | undefined {
  return text === undefined ? undefined : tokenShape.exec(text)?.[0];
}
