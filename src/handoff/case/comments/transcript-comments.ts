import { openingMessages } from '../../../messaging/handoff/opening-messages.ts';
import { splitText } from '../../../messaging/handoff/split-text.ts';
import { writableText } from '../cut-text.ts';
import { emptyFiles } from '../files/write-files.ts';
import type { MailHandoff } from '../handoff/mail-handoff.ts';

/** CaseComment.CommentBody holds bytes of UTF-8, not characters (Object Reference, CaseComment). */
const mostBytes = 4000;

/** Whoever writes a line that looks like the beginning of a part is set in, so that each of these is one. */
const partBorder = /\n\n(?=\[)/;

/** Room for the line that each comment begins with, its numbers as long as they get. */
const firstLineBytes = Buffer.byteLength(firstLine('x'.repeat(40), 'x'.repeat(8), 99_999, 99_999)) + 2;

/**
 * The comments that hold a conversation, in order: the summary, what else is known, then who said what. Each begins with a line of
 * its own, and each part in it, and each piece of a long one, with who spoke.
 * @param key tells handoffs of one session apart
 */
export function transcriptComments(handoff: MailHandoff, key: string): string[] {
  const { sessionId, contact, transcript, summary, language } = handoff;
  const session = { contact, messages: transcript, ...(summary === undefined ? {} : { summary }), language };
  const [text = ''] = openingMessages(session, { sessionId, channel: undefined }, Number.MAX_SAFE_INTEGER);
  const [first = '', ...others] = writableText(text).split(partBorder);
  const parts = [first, ...furtherFacts(handoff), ...others];
  const bodies = joined(parts.flatMap((part) => pieces(part, mostBytes - firstLineBytes)));
  return bodies.map((body, index) => `${firstLine(sessionId, key, index + 1, bodies.length)}\n${body}`);
}

/** The line by which a comment is known again. */
function firstLine(sessionId: string, key: string, number: number, of: number): string {
  return `OpenCX transcript ${number}/${of} · session ${sessionId} · ${key}`;
}

/** What no field of a Case holds, or not of each Case. */
function furtherFacts({ subject, priority, attributes = {}, attachments }: MailHandoff): string[] {
  const facts = [
    ...(subject === undefined ? [] : [`subject: ${subject}`]),
    ...(priority === undefined ? [] : [`priority: ${priority}`]),
    ...Object.entries(attributes).map(([name, value]) => `${name}: ${value}`),
    ...emptyFiles(attachments).map((name) => `empty file, left out: ${name}`),
  ];
  return facts.length === 0 ? [] : [`[OpenCX] ${facts.join('\n  ')}`];
}

/** A part as it is, or cut; each further piece says that it goes on. */
function pieces(part: string, limit: number): string[] {
  if (commentBytes(part) <= limit) return [part];
  const head = /^\[[^\]]*\] /.exec(part)?.[0] ?? '';
  const goesOn = head === '' ? '' : `${head.slice(0, -2)}, continued] `;
  const cut: string[] = [];
  let rest = part.slice(head.length);
  while (rest !== '') {
    const start = cut.length === 0 ? head : goesOn;
    const room = unitsWithin(rest, limit - commentBytes(start));
    // Two more, so that it shows whether the last character goes on there.
    const [piece = ''] = splitText(rest.slice(0, room + 2), room);
    cut.push(start + piece);
    rest = rest.slice(piece.length);
  }
  return cut;
}

function joined(parts: readonly string[]): string[] {
  const comments: string[] = [];
  let open: string | undefined;
  for (const part of parts) {
    const both: string = open === undefined ? part : `${open}\n\n${part}`;
    if (open !== undefined && commentBytes(both) > mostBytes - firstLineBytes) {
      comments.push(open);
      open = part;
    } else open = both;
  }
  return open === undefined ? comments : [...comments, open];
}

/** Whether Salesforce counts a line end as one byte or, as its pages send it, as two is not documented: two is on the safe side. */
function commentBytes(text: string): number {
  return Buffer.byteLength(text) + text.split('\n').length - 1;
}

/** So many UTF-16 code units of a text are within a size, no character cut in two; at least one character. */
function unitsWithin(text: string, bytes: number): number {
  let units = 0;
  let used = 0;
  for (const character of text) {
    used += commentBytes(character);
    if (used > bytes) break;
    units += character.length;
  }
  return Math.max(units, 2);
}
