import { quoted } from '../../../provision/org/soql-literal.ts';
import type { HandoffRun, SavedRecord } from '../handoff-run.ts';
import type { SentMail } from '../mail/mail-ports.ts';
import { whyNotSent } from '../mail/why-not-sent.ts';
import { done, failed, skipped, type StageEnd } from '../../timeline/stage.ts';
import type { HandoffStage } from '../stage.ts';

/** How often the mark of sent mail is looked at, in milliseconds; an e-mail service is called by a job. */
const lookMs = 500;

/** Whether the mail left: by the field that the sender sets, and by the outbox where there is one to see. */
export const mailSentStage: HandoffStage = {
  id: 'mail-sent',
  run: async (run) => {
    const { message } = run.found;
    if (message === undefined) return skipped('no EmailMessage was written as the integration user');
    const { idempotency, emailService } = run.config.blueprint.options;
    const marked = idempotency ? await markedSent(run, message) : undefined;
    const mails = emailService === 'none' ? await run.ports.sentMails?.(run.mark) : undefined;
    if (mails !== undefined) run.found.mails = mails;
    if (mails !== undefined) return await seen(run, mails, marked);
    if (marked === undefined)
      return skipped('nothing in the org tells (options.idempotency is off)', {
        remedy: [{ text: `Look into the inbox of ${run.to}.` }],
      });
    if (!marked) return await whyNotSent(run, 'the mail was not accepted');
    return done(`${acceptedBy(run)} accepted it (${run.config.blueprint.names.emailSentField} is set)`, {
      evidence: ['accepted, not delivered: mail from a domain that is not verified is dropped without a word'],
    });
  },
};

/** What the outbox shows decides; the field must agree. */
async function seen(run: HandoffRun, mails: readonly SentMail[], marked: boolean | undefined): Promise<StageEnd> {
  const [mail, ...others] = mails;
  const field = run.config.blueprint.names.emailSentField;
  if (mail === undefined) return await whyNotSent(run, 'no mail left the org');
  const evidence = mails.map(mailLine);
  if (others.length > 0)
    return failed(`the mail left ${mails.length} times: something else sends it as well`, {
      evidence,
      remedy: [{ text: 'Find the other trigger and switch it off.', command: 'opencx-sf deploy-apex --dry-run' }],
    });
  if (mail.status === 'discarded')
    return failed('the mail was accepted and dropped: its domain is not verified', {
      evidence,
      remedy: [{ text: `Verify the domain of ${mail.from.address}: an active DKIM key, or an authorized domain.` }],
    });
  if (marked === false)
    return failed(`the mail left, and ${field} was not set: a second run of the trigger would send it again`, {
      evidence,
    });
  return done(`accepted for ${mail.to.join(', ')}, Reply-To ${mail.replyTo ?? 'none'}`, { evidence });
}

function mailLine({ from, to, replyTo, logLine }: SentMail): string {
  return `from ${from.address} to ${to.join(', ')}, Reply-To ${replyTo ?? 'none'}: ${logLine}`;
}

function acceptedBy({ config }: HandoffRun): string {
  const { emailService } = config.blueprint.options;
  return emailService === 'none' ? 'Salesforce' : emailService;
}

/** Salesforce's own sending marks in the same transaction; a job that calls a service is waited for. */
async function markedSent(run: HandoffRun, { id }: SavedRecord): Promise<boolean> {
  const { names, options } = run.config.blueprint;
  const { clock } = run.org;
  const org = (await run.asOpenCx()) ?? run.org;
  const end = clock.now() + (options.emailService === 'none' ? 0 : run.patienceMs);
  for (;;) {
    const [row] = await org.query<Record<string, unknown>>(
      `SELECT ${names.emailSentField} FROM EmailMessage WHERE Id = ${quoted([id])}`,
      'reading whether the mail was sent',
    );
    if (row?.[names.emailSentField] === true) return true;
    if (clock.now() >= end) return false;
    await clock.sleep(lookMs, run.signal);
  }
}
