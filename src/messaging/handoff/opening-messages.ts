import { splitText } from './split-text.ts';
import type { HandoffChannel, SpeakerRole, Transcript, TranscriptMessage } from './transcript.ts';

/** Longest message of a handoff, in UTF-16 code units. The figure is OpenCX's; what Salesforce takes is not documented. */
export const longestMessage = 4000;

/** What is told of the session besides what was said. */
export interface SessionFacts {
  readonly sessionId: string;
  /** Routing knows no channel attribute by the OpenCX page, so that it is told to the representative alone. */
  readonly channel: HandoffChannel | undefined;
}

const speakers: Readonly<Record<SpeakerRole, string>> = {
  contact: 'Customer',
  ai: 'AI',
  agent: 'Agent',
  system: 'System',
};

/** A part of the transcript that stays together where it can. */
interface Block {
  readonly speaker: string;
  readonly text: string;
}

/**
 * The opening messages of a conversation: the summary first, the session, then who said what. Salesforce shows all of it as said
 * by the customer, so that each part, and each piece of a long one, begins with its real speaker in brackets. Further lines of a
 * part are set in by two spaces: nobody can write a line that looks like another speaker's.
 * @param limit longest message in UTF-16 code units
 * @returns at least one message; no character of the transcript is lost
 */
export function openingMessages(transcript: Transcript, facts: SessionFacts, limit = longestMessage): string[] {
  const sent: string[] = [];
  let open = '';
  for (const part of blocks(transcript, facts).flatMap((block) => pieces(block, limit))) {
    const joined = open === '' ? part : `${open}\n\n${part}`;
    if (joined.length <= limit) {
      open = joined;
    } else {
      sent.push(open);
      open = part;
    }
  }
  return [...sent, open];
}

/**
 * What one speaker says, as one part of the opening messages would be written.
 * @param speaker as it stands in the brackets @param limit longest message in UTF-16 code units
 */
export function spokenBy(speaker: string, text: string, limit = longestMessage): string[] {
  return pieces({ speaker: `[${speaker}`, text }, limit);
}

function blocks(transcript: Transcript, facts: SessionFacts): Block[] {
  const { summary, messages } = transcript;
  return [
    ...(summary === undefined || summary.trim() === '' ? [] : [{ speaker: '[AI summary', text: summary }]),
    { speaker: '[OpenCX', text: sessionLine(transcript, facts) },
    ...messages.map((message) => ({ speaker: speakerOf(message), text: message.text })),
  ];
}

function sessionLine({ contact, language }: Transcript, { sessionId, channel }: SessionFacts): string {
  const told: [string, string | undefined][] = [
    ['session', sessionId],
    ['channel', channel],
    ['language', language],
    ['contact', contactText(contact)],
  ];
  return told.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${onOneLine(value)}`])).join(', ');
}

function contactText({ id, name, email }: Transcript['contact']): string {
  const known = [name, email, id].filter((value) => value !== undefined);
  return known.length === 0 ? 'anonymous' : known.join(' / ');
}

function speakerOf({ role, name, at }: TranscriptMessage): string {
  const time = at === undefined ? undefined : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const shown = name === undefined ? undefined : onOneLine(name);
  const who = [speakers[role], shown].filter((part) => part !== undefined).join(' ');
  return `[${[who, time].filter((part) => part !== undefined).join(', ')}`;
}

/** A name may hold anything; it must neither end the brackets nor fill a message. */
function onOneLine(text: string): string {
  return text
    .replaceAll(/[\s\p{C}[\]]+/gu, ' ')
    .trim()
    .slice(0, 100)
    .toWellFormed();
}

function pieces({ speaker, text }: Block, limit: number): string[] {
  const body = text.replaceAll(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/g, '$&  ');
  const whole = `${speaker}] ${body}`;
  if (whole.length <= limit) return [whole];
  const continued = `${speaker}, continued] `;
  return splitText(body, limit - continued.length).map((piece, index) =>
    index === 0 ? `${speaker}] ${piece}` : continued + piece,
  );
}
