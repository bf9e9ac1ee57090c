import type { Check } from '../../check.ts';
import { counted } from '../../counted.ts';
import { fail, pass, warn } from '../../finding.ts';
import { inboundMail, outboundMail, type InboundMail } from '../../readings/messages.ts';
import { replyTo } from '../../readings/expected.ts';
import { ageOf } from '../../age.ts';
import { noEmailCases } from './applies.ts';

/** Sender of Gmail's forwarding codes, by the OpenCX pages. */
const gmailSender = 'forwarding-noreply@google.com';
const daysUntilQuiet = 7;
const dayMs = 86_400_000;

export const forwarding: Check = {
  id: 'email-in.forwarding',
  title: 'The mailbox forwards: its code was entered',
  group: 'email-in',
  why: '“Gmail forwarding stuck at Unverified”: Gmail’s code came as a Case, nobody entered it, and no customer’s mail follows.',
  mending: 'opencx-sf verify gmail-code prints the code; enter it in Gmail and switch forwarding on there.',
  requires: ['email-in.address-verified'],
  reads: [inboundMail],
  appliesTo: noEmailCases,
  run: async (context) => {
    const mail = await context.read(inboundMail);
    const code = mail.find(({ from }) => from.toLowerCase() === gmailSender);
    if (code === undefined) return pass('no code of Gmail is waiting');
    const since = mail.filter(
      ({ from, createdDate }) => from.toLowerCase() !== gmailSender && createdDate > code.createdDate,
    );
    const age = ageOf(code.createdDate, context.now);
    const data = { codeReceived: code.createdDate, mailSince: since.length };
    if (since.length > 0) return pass(`Gmail’s code came ${age} ago, and mail since`, { data });
    return fail(`Gmail’s code came ${age} ago, and no mail since: it was not entered.`, {
      data,
      evidence: [`Case ${code.caseNumber} of ${code.createdDate}, from ${gmailSender}`],
      remedy: [
        {
          text: 'Get the code and enter it in Gmail → Settings → Forwarding and POP/IMAP',
          command: 'opencx-sf verify gmail-code',
        },
      ],
    });
  },
};

export const inbound: Check = {
  id: 'email-in.inbound',
  title: 'Mail of customers comes in',
  group: 'email-in',
  why: 'When mail stops, forwarding was switched off, a policy of the mail host blocks it, or SPF and DMARC let it be refused.',
  mending: 'Send a mail to the mailbox from outside; Setup → Email Logs shows whether it reached Salesforce.',
  requires: ['email-in.address-verified', 'email-in.forwarding'],
  reads: [inboundMail, replyTo],
  appliesTo: noEmailCases,
  run: async (context) => {
    const mail = await context.read(inboundMail);
    const newest = mail.find(({ from }) => from.toLowerCase() !== gmailSender);
    const mailbox = (await context.read(replyTo))?.value ?? 'the mailbox';
    const remedy = [
      { text: `Send a mail to ${mailbox} from outside your organization: it has to become a Case within minutes.` },
    ];
    if (newest === undefined) return warn('No mail has come in yet.', { remedy });
    const age = ageOf(newest.createdDate, context.now);
    const data = { newest: newest.createdDate };
    const quiet = context.now - Date.parse(newest.createdDate) > daysUntilQuiet * dayMs;
    return quiet
      ? warn(`The last mail came in ${age} ago.`, { data, remedy })
      : pass(`the last one ${age} ago`, { data });
  },
};

export const replies: Check = {
  id: 'email-in.replies',
  title: 'Answers of customers land on the Cases they answer',
  group: 'email-in',
  why: '“Customer replies open a duplicate Case instead of threading into the original”: seen here by answers that opened Cases of their own.',
  mending: 'Mend what threads mail: the sender’s token (apex.threading-token) and the settings (email-in.threading).',
  requires: ['email-in.threading', 'apex.threading-token'],
  reads: [inboundMail, outboundMail],
  appliesTo: noEmailCases,
  run: async ({ read }) => {
    const incoming = await read(inboundMail);
    const outgoing = await read(outboundMail);
    const answers = incoming.filter(({ subject }) => /^\s*(?:re|aw|sv|vs|antw|odp|ref?)\s*:/i.test(subject));
    const strays = answers.filter((mail) => openedItsCase(mail, [...incoming, ...outgoing]));
    const data = { answers: answers.length, openedCases: strays.length };
    if (strays.length === 0)
      return pass(answers.length === 0 ? 'no answers yet' : `${answers.length} of the newest`, { data });
    return warn(
      `${strays.length} of ${counted(answers.length, 'answer', 'answers')} opened a Case of ${strays.length === 1 ? 'its' : 'their'} own.`,
      {
        data,
        evidence: strays
          .slice(0, 5)
          .map(({ caseNumber, createdDate }) => `Case ${caseNumber} of ${createdDate} begins with an answer`),
        remedy: [{ text: 'Prove that answers thread now', command: 'opencx-sf verify handoff' }],
      },
    );
  },
};

/** A Case is made of its first mail within seconds; with a mail on it before, it was there already. */
function openedItsCase(
  { id, caseId, caseCreatedDate, createdDate }: InboundMail,
  all: readonly { id: string; caseId: string | undefined; createdDate: string }[],
): boolean {
  if (caseId === undefined || caseCreatedDate === undefined) return false;
  const isNew = Math.abs(Date.parse(createdDate) - Date.parse(caseCreatedDate)) < 5000;
  return isNew && !all.some((other) => other.id !== id && other.caseId === caseId && other.createdDate <= createdDate);
}
