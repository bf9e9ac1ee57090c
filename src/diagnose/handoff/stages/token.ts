import type { HandoffRun } from '../handoff-run.ts';
import { threadingToken } from '../mail/reply-mail.ts';
import { done, failed, skipped } from '../../timeline/stage.ts';
import type { HandoffStage } from '../stage.ts';

/** What leads an answer back to its Case: the token in subject and body of the mail as it went out. */
export const tokenStage: HandoffStage = {
  id: 'token',
  run: async (run) => {
    const { message, mails } = run.found;
    if (message === undefined) return skipped('no EmailMessage was written as the integration user');
    if (mails === undefined) return unseen(run);
    const [mail] = mails;
    if (mail === undefined) return skipped('no mail left the org');
    const places = { subject: mail.subject, 'text body': mail.text, 'HTML body': mail.html };
    const found = Object.entries(places).filter(([, text]) => threadingToken(text) !== undefined);
    const references = `References: ${mail.references ?? 'none'}`;
    const token = threadingToken(mail.subject) ?? threadingToken(mail.text) ?? threadingToken(mail.html);
    if (token === undefined)
      return failed('the mail went out without a threading token', {
        evidence: [`Subject: ${mail.subject}`, references],
        remedy: [
          {
            text: `Deploy ${run.config.blueprint.names.apexClass} again: it writes the token.`,
            command: 'opencx-sf deploy-apex',
          },
          {
            text: 'Where it is up to date, Salesforce gives no token: use Lightning threading (Setup → Email-to-Case).',
          },
        ],
      });
    return done(`${token} in ${found.map(([place]) => place).join(', ')}`, { evidence: [references] });
  },
};

function unseen({ to, mark }: HandoffRun) {
  return skipped('no API shows a mail as it went out', {
    remedy: [
      {
        text: `In the inbox of ${to}, the subject of "${mark} …" ends with thread::…:: ; an answer to it tells as well (--wait).`,
      },
    ],
  });
}
