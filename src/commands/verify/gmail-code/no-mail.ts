import type { AgedMail } from '../../../diagnose/forwarding-code/find-code.ts';
import {
  providersOf,
  type ProviderMail,
  type WantedProvider,
} from '../../../diagnose/forwarding-code/look-for-mail.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import type { Org } from '../../../salesforce/org.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import { spanText } from '../../../diagnose/age.ts';
import { ageText } from './age-text.ts';

/** The commands that an error names, with the flags that mean the same org. */
export interface RelatedCommands {
  look: string;
  wait: string;
  emailIn: string;
}

/** There is nothing, and nobody waits. */
export function nothingThere(
  { identity }: Org,
  wanted: WantedProvider,
  unreadable: ProviderMail | undefined,
  commands: RelatedCommands,
): OpencxError {
  const steps = waysToAMail(wanted, commands);
  if (unreadable === undefined) {
    return new OpencxError('FORWARDING_CODE_MISSING', {
      message: `No confirmation mail of ${nameOf(wanted)} is in ${safeText(identity.name)}, as far as this user sees.`,
      nextSteps: steps,
    });
  }
  const { messageId, from, subject } = unreadable;
  return new OpencxError('FORWARDING_CODE_MISSING', {
    message: `The newest mail from ${safeText(from)} ("${oneLine(subject)}") has no code, and no link of ${nameOf(wanted)} that could be trusted.`,
    details: { messageId },
    nextSteps: [`Read it in Salesforce: ${identity.instanceUrl}/${messageId}`, ...steps],
  });
}

/** The wait is over without a new one. */
export function stillWaiting(
  wanted: WantedProvider,
  waitMs: number,
  older: AgedMail | undefined,
  commands: RelatedCommands,
): OpencxError {
  const waited = `No new confirmation mail of ${nameOf(wanted)} came within ${spanText(waitMs)}.`;
  return new OpencxError('STILL_WAITING', {
    message: older === undefined ? waited : `${waited} An older one is there, which came ${ageText(older.ageMs)}.`,
    ...(older === undefined
      ? {}
      : { details: { olderMessageId: older.mail.messageId, olderAgeSeconds: Math.round(older.ageMs / 1000) } }),
    nextSteps: [
      ...(older === undefined ? [] : [`To see the older one: ${commands.look}`]),
      ...waysToAMail(wanted, commands),
    ],
  });
}

/** Ctrl-C. */
export function stoppedWaiting(commands: RelatedCommands): OpencxError {
  return new OpencxError('INTERRUPTED', {
    message: 'Stopped waiting; nothing was changed, and the mail comes to the org all the same.',
    nextSteps: [`To see whether it has come: ${commands.look}`],
  });
}

function waysToAMail(wanted: WantedProvider, { wait, emailIn }: RelatedCommands): string[] {
  const resend: Record<WantedProvider, string> = {
    gmail: `In Gmail → Settings → Forwarding and POP/IMAP choose "Re-send email" beside the Salesforce address, then: ${wait}`,
    outlook: 'Microsoft 365 asks for no confirmation: where an administrator lets mail be forwarded, it is forwarded.',
    fastmail: `Let Fastmail send its mail again, then: ${wait}`,
    any: `Let the mail provider send its mail again, then: ${wait}`,
  };
  return [
    resend[wanted],
    `See that Email-to-Case is on and the routing address verified: until then Salesforce drops its mail without a word: ${emailIn}`,
    'The mail came as a Case: who does not see that Case does not see the mail either.',
  ];
}

/** Whose mail it is, in a sentence. */
export function nameOf(wanted: WantedProvider): string {
  const [provider] = providersOf(wanted);
  return wanted === 'any' || provider === undefined ? 'a mail provider' : provider.name;
}

/** A subject from outside, as part of a line. */
export function oneLine(subject: string): string {
  return safeText(subject).replaceAll('\n', ' ').slice(0, 120);
}
