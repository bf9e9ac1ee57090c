import type { AgedMail } from '../../../diagnose/forwarding-code/find-code.ts';
import type { ConfirmationMail } from '../../../diagnose/forwarding-code/look-for-mail.ts';
import { providerNamed } from '../../../diagnose/forwarding-code/providers.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import { table } from '../../../terminal/table.ts';
import type { Terminal } from '../../../terminal/terminal.ts';
import { wrap } from '../../../terminal/wrap.ts';
import { ageText } from './age-text.ts';

/** Milliseconds after which a code may have been replaced, or be taken no more. */
const oldMs = 86_400_000;

/** What stands beside the code on the screen: whose it is, how old, and what is done with it. */
export function mailNote({ errColour, columns }: Terminal, { mail, ageMs }: AgedMail): string {
  const { code, link, mailbox, target } = mail;
  const rows: [string, string | undefined][] = [
    ['from', safeText(mail.from).replaceAll('\n', ' ')],
    ['forwards mail of', mailbox],
    ['to', target],
    [code === undefined ? 'link' : 'or by link', link],
  ];
  const known = rows.flatMap(([label, value]) => (value === undefined ? [] : [[`  ${errColour.dim(label)}`, value]]));
  const steps = nextSteps(mail).map((step) => wrap(`  ${errColour.cyan('→')} ${step}`, columns, '    '));
  const came = `The confirmation mail of ${providerNamed(mail.provider).name} came ${errColour.bold(ageText(ageMs))}:`;
  return [came, table(known), ...steps].join('\n');
}

/** What a person does with it, in order. */
function nextSteps({ provider, code, link, mailbox, target }: ConfirmationMail): string[] {
  if (provider !== 'gmail')
    return [code === undefined ? 'Open the link.' : `Enter the code where the mailbox asks for it.`];
  const gmail = `In Gmail${mailbox === undefined ? '' : ` as ${mailbox}`} → Settings → Forwarding and POP/IMAP`;
  const forward = `choose "Forward a copy of incoming mail to" ${target ?? 'the address'}, and Save Changes: until then nothing is forwarded.`;
  if (code === undefined) {
    return [`Open the link and choose Confirm on its page: this mail of Gmail has no code.`, `${gmail}, ${forward}`];
  }
  const orLink = link === undefined ? '' : '; or open the link and choose Confirm';
  return [`${gmail}, enter it beside the address and choose Verify${orLink}.`, `There, ${forward}`];
}

/**
 * What to warn of: a code that is old.
 * @param again the command that waits for a new one
 */
export function ageWarnings({ mail: { provider }, ageMs }: AgedMail, again: string): string[] {
  if (ageMs < oldMs) return [];
  const resend = provider === 'gmail' ? 'choose "Re-send email" in Gmail' : 'let it be sent again';
  return [`This mail came ${ageText(ageMs)}. If its code is refused, ${resend}, then: ${again}`];
}
