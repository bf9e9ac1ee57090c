import type { FindCodeEvent } from '../../../diagnose/forwarding-code/find-code.ts';
import type { WantedProvider } from '../../../diagnose/forwarding-code/look-for-mail.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import { ageText } from './age-text.ts';
import { nameOf, oneLine, type RelatedCommands } from './no-mail.ts';

/** What brings the mail, said once before it is waited for. */
export const bringingMail: Readonly<Partial<Record<WantedProvider, string>>> = {
  gmail: 'In Gmail → Settings → Forwarding and POP/IMAP, choose "Re-send email" beside the Salesforce address.',
};

/** What is waited for. It changes once a minute: without a terminal every change is a line. */
export function waitingText(wanted: WantedProvider, leftMs: number): string {
  const minutes = Math.ceil(leftMs / 60_000);
  // The first look has taken some of the one minute that was given.
  const left = leftMs < 55_000 ? 'less than a minute' : minutes === 1 ? '1 minute' : `${minutes} minutes`;
  return `Waiting for a new confirmation mail of ${nameOf(wanted)}: ${left} left`;
}

/** What happened meanwhile, as a line that stays. */
export function eventLine(event: Exclude<FindCodeEvent, { kind: 'waiting' }>, { look }: RelatedCommands): string {
  switch (event.kind) {
    case 'older':
      return `The newest is older than this request: it came ${ageText(event.ageMs)}. To see it: ${look}`;
    case 'unreadable':
      return `A mail from ${safeText(event.mail.from)} came ("${oneLine(event.mail.subject)}") with no code, and no link that could be trusted.`;
    case 'trouble':
      return `${safeText(event.message)}; it is asked again.`;
  }
}
