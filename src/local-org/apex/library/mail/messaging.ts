import { mailCapacity } from '../../../mail/send/daily-limit.ts';
import { maySendMail } from '../../../mail/send/deliverability.ts';
import { MailRefused } from '../../../mail/send/outgoing-mail.ts';
import type { MailProblem, OutgoingMail } from '../../../mail/send/outgoing-mail.ts';
import { sendMail } from '../../../mail/send/send-mail.ts';
import { platformType } from '../../platform/platform.ts';
import type { Run } from '../../run/run.ts';
import { apexError, ApexThrown, ExceptionValue } from '../../values/exception.ts';
import { ApexList } from '../../values/collections/list.ts';
import type { Value } from '../../values/value.ts';
import { notImplemented } from '../../values/not-implemented.ts';
import { flagArgument, integerArgument, nullArgument } from '../native.ts';
import type { NativeClass } from '../native.ts';
import { readMessage } from './read-message.ts';
import { sendEmailResult } from './send-email-result.ts';

/** Mass mail, templates and `extractInboundEmail` are not implemented. */
export const messagingClass: NativeClass = {
  name: 'System.Messaging',
  statics: {
    'sendemail/1': (run, [mails = null]) => sendEmail(run, mails, true),
    'sendemail/2': (run, args) => sendEmail(run, args[0] ?? null, flagArgument(args, 1)),
    reservesingleemailcapacity: (run, args) => {
      const amount = integerArgument(args, 0);
      if (!maySendMail(run.org, run.userId)) {
        throw apexError('System.NoAccessException', 'The organization is not permitted to send email');
      }
      if (amount > mailCapacity(run.org)) {
        throw apexError('System.HandledException', 'The daily limit for the org would be exceeded by this request.');
      }
      return null;
    },
  },
};

/**
 * Mail goes out with the commit of the transaction; in a test nothing does, and everything else is the same.
 * @throws ApexThrown System.EmailException if all were to be sent or none, and one was refused
 */
function sendEmail(run: Run, mails: Value, allOrNone: boolean): Value {
  if (!(mails instanceof ApexList)) throw nullArgument();
  run.limits.use('EmailInvocations');
  const problems = run.org.transaction(() => {
    const found = mails.items.map((mail) => sendOne(run, mail));
    const first = found.findIndex((problem) => problem !== undefined);
    if (allOrNone && first >= 0) throw emailException(found, first);
    return found;
  });
  run.hasPendingWork ||= problems.includes(undefined);
  return ApexList.of(platformType('Messaging.SendEmailResult'), problems.map(sendEmailResult));
}

function sendOne(run: Run, value: Value): MailProblem | undefined {
  try {
    const mail = readMessage(run, value);
    if (becomesActivity(mail)) throw notImplemented('saving mail as an activity: call setSaveAsActivity(false)');
    const outcome = sendMail(run.org, mail, { deliver: !run.isTest });
    return outcome.success ? undefined : outcome.problem;
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    return error.problem;
  }
}

/** Only mail to a target object is saved as an activity, and mail to users must not be: that is refused later. */
function becomesActivity({ saveAsActivity, targetObjectId, treatTargetObjectAsRecipient }: OutgoingMail): boolean {
  return saveAsActivity && treatTargetObjectAsRecipient && targetObjectId?.startsWith('003') === true;
}

function emailException(problems: readonly (MailProblem | undefined)[], first: number): ApexThrown {
  const failures = problems.flatMap((problem, index) =>
    problem === undefined
      ? []
      : [
          {
            index,
            id: null,
            statusCode: problem.statusCode,
            message: problem.message,
            fields: problem.fields,
          },
        ],
  );
  const [failure] = failures;
  const reason = `${failure?.statusCode}, ${failure?.message}: [${failure?.fields.join(', ')}]`;
  const message = `SendEmail failed. First exception on row ${first}; first error: ${reason}`;
  const exception = new ExceptionValue(platformType('System.EmailException'), message);
  exception.dml = failures;
  return new ApexThrown(exception);
}
