import { durationText } from '../../timeline/duration-text.ts';
import { randomMessageId } from '../mark.ts';
import type { HandoffRun } from '../handoff-run.ts';
import type { ReceivedReply, SentMail } from '../mail/mail-ports.ts';
import { replyMail } from '../mail/reply-mail.ts';
import { awaitReply } from '../mail/await-reply.ts';
import { savedRecord } from '../records.ts';
import { done, failed, skipped, waiting, type StageEnd } from '../../timeline/stage.ts';
import type { HandoffStage } from '../stage.ts';

const linesOfThreading = 'Setup → Email-to-Case: threading token in subject and body, and email headers for threading.';

/** Whether the customer's answer comes back to the Case: by receiving one where that can be done, else by a person's. */
export const replyThreadsStage: HandoffStage = {
  id: 'reply-threads',
  asks: (run) => (waitsForPerson(run) ? requestTo(run) : undefined),
  run: async (run) => {
    const { message, mails } = run.found;
    if (message === undefined) return skipped('no EmailMessage was written as the integration user');
    const [mail] = mails ?? [];
    const { receiveReply } = run.ports;
    if (mails !== undefined && mail === undefined) return skipped('no mail left the org');
    if (mail !== undefined && receiveReply !== undefined) {
      return await received(run, await receiveReply(answerTo(run, mail)));
    }
    if (waitsForPerson(run)) return await watched(run);
    return skipped('nobody was waited for to answer the mail', {
      remedy: [
        {
          text: `Answer the mail in ${run.to} while it waits.`,
          command: 'opencx-sf verify handoff --wait 10m',
        },
      ],
    });
  },
};

function waitsForPerson({ found, ports, waitMs }: HandoffRun): boolean {
  const received = ports.receiveReply !== undefined && found.mails !== undefined;
  return found.message !== undefined && !received && waitMs > 0;
}

function requestTo({ to, mark, waitMs }: HandoffRun): string {
  return `answer the mail "${mark} …" in the inbox of ${to} now; this waits ${durationText(waitMs)} for it`;
}

function answerTo({ to, org }: HandoffRun, mail: SentMail): string {
  return replyMail(mail, {
    from: to,
    messageId: randomMessageId(org.clock),
    date: new Date(org.clock.now()),
    text: 'Thank you. This is the answer of the test.',
  });
}

async function received(run: HandoffRun, reply: ReceivedReply): Promise<StageEnd> {
  if (reply.outcome === 'ignored')
    return failed(`Email-to-Case did not take the answer: ${reply.reason}`, {
      evidence: [reply.detail],
      remedy: [{ text: 'Email-to-Case must be on, and its routing address verified.', command: 'opencx-sf apply' }],
    });
  if (reply.outcome === 'failed')
    return failed('the answer could not be saved', {
      evidence: reply.errors.map(({ statusCode, message }) => `${statusCode}: ${message}`),
      remedy: [{ text: 'A trigger, flow or validation rule of this org refuses it; it needs to be mended.' }],
    });
  run.made.push({ sobject: 'EmailMessage', id: reply.emailMessageId });
  run.found.reply = await savedRecord(run.org, 'EmailMessage', reply.emailMessageId);
  const evidence = [
    `EmailMessage ${reply.emailMessageId} on Case ${reply.caseNumber}`,
    ...(reply.by === undefined ? [] : [`its Case was found by its ${reply.by}`]),
  ];
  if (reply.caseId === run.found.case?.id)
    return done(`on Case ${reply.caseNumber}${reply.by === undefined ? '' : `, found by its ${reply.by}`}`, {
      evidence,
    });
  if (reply.outcome === 'created') run.made.push({ sobject: 'Case', id: reply.caseId });
  return elsewhere(reply.caseNumber, reply.outcome === 'created', evidence);
}

async function watched(run: HandoffRun): Promise<StageEnd> {
  const reply = await awaitReply(run);
  if (reply === undefined)
    return waiting('no answer came within the time', {
      evidence: ['an answer that comes after the test Case is gone makes a Case of its own'],
      remedy: [
        {
          text: 'Wait longer; --keep leaves the Case for an answer that is late.',
          command: 'opencx-sf verify handoff --wait 30m --keep',
        },
      ],
    });
  run.found.reply = reply;
  const evidence = [`EmailMessage ${reply.id} on Case ${reply.caseNumber}`, `Subject: ${reply.subject}`];
  return reply.caseId === run.found.case?.id
    ? done(`on Case ${reply.caseNumber}`, { evidence })
    : elsewhere(reply.caseNumber, true, evidence);
}

function elsewhere(caseNumber: string, isNew: boolean, evidence: readonly string[]): StageEnd {
  return failed(`the answer landed on ${isNew ? 'a new Case' : 'another Case'}, ${caseNumber}`, {
    evidence,
    remedy: [{ text: linesOfThreading, command: 'opencx-sf apply' }],
  });
}
