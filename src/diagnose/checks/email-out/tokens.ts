import type { Check } from '../../check.ts';
import { counted } from '../../counted.ts';
import type { CheckContext } from '../../check-context.ts';
import { pass, warn } from '../../finding.ts';
import { integrationUsername } from '../../readings/expected.ts';
import { inboundMail, outboundMail, type InboundMail } from '../../readings/messages.ts';
import { notSentBySalesforce } from './applies.ts';

/** Tokens of Lightning Threading and of the reference ids before it. */
const token = /thread::[\w-]+::|\bref:[!_\w.]+:ref\b/i;

const carries = ({ subject, body }: { subject: string; body: string }): boolean =>
  token.test(subject) || token.test(body);

export const tokens: Check = {
  id: 'email-out.tokens',
  title: 'Mail that went out carries a threading token',
  group: 'email-out',
  why: 'The record of a reply keeps what OpenCX wrote; the token is in the copy that leaves, and comes back in answers. Where no answer has it, mail leaves without it, and answers open duplicate Cases as soon as headers are lost.',
  mending: 'opencx-sf verify handoff shows a mail as it leaves; mend the sender (apex.threading-token).',
  requires: ['apex.threading-token', 'email-out.unsent'],
  reads: [inboundMail, outboundMail, integrationUsername],
  appliesTo: notSentBySalesforce,
  run: async (context) => {
    const sent = (await context.read(outboundMail)).filter(carries);
    if (sent.length > 0) return pass(`in the records of ${sent.length}`, { data: { records: sent.length } });
    const answers = await answersToReplies(context);
    const without = answers.filter((one) => !carries(one));
    const data = { answers: answers.length, without: without.length };
    if (answers.length === 0) return pass('no answers to replies of OpenCX yet', { data });
    if (without.length < answers.length)
      return pass(`it came back in ${answers.length - without.length} of ${answers.length} answers`, { data });
    return warn(`No token came back in ${counted(answers.length, 'answer', 'answers')} to OpenCX’s replies.`, {
      data,
      evidence: without
        .slice(0, 5)
        .map(({ caseNumber, createdDate }) => `Case ${caseNumber}: answer of ${createdDate}`),
      remedy: [{ text: 'Look at a mail as it leaves', command: 'opencx-sf verify handoff' }],
    });
  },
};

/** Mail that came in on a Case after OpenCX had written there. */
async function answersToReplies(context: CheckContext): Promise<InboundMail[]> {
  const username = (await context.read(integrationUsername))?.value.toLowerCase();
  const replies = (await context.read(outboundMail)).filter(({ createdBy }) => createdBy.toLowerCase() === username);
  return (await context.read(inboundMail)).filter((mail) =>
    replies.some((reply) => reply.caseId === mail.caseId && reply.createdDate <= mail.createdDate),
  );
}
