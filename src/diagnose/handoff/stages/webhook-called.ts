import { webhookContract } from '../../../blueprint/webhook-contract.ts';
import { signingSetting } from '../../../blueprint/webhook-signature.ts';
import { testWebhook } from '../../../provision/webhook/test-webhook.ts';
import { followJob, followOwnJob, jobLine, type FollowedJob } from '../apex/apex-jobs.ts';
import { jobProblem } from '../apex/job-problem.ts';
import { asked } from '../asked.ts';
import type { HandoffRun } from '../handoff-run.ts';
import { createRecord } from '../records.ts';
import { done, failed, skipped, type StageEnd } from '../../timeline/stage.ts';
import type { HandoffStage } from '../stage.ts';

/** EmailMessage.Status of mail that nobody has read yet. */
const statusNew = '0';

/** The customer's answer makes our trigger enqueue a job, and the job calls the webhook. */
export const webhookCalledStage: HandoffStage = {
  id: 'webhook-called',
  run: async (run) => {
    const { case: testCase, reply } = run.found;
    if (testCase === undefined) return skipped('no Case was made');
    const followed =
      reply === undefined
        ? await followOwnJob(run, testCase.at, () => writeReply(run, testCase.id))
        : await followJob(run, reply);
    const problem = await jobProblem(run, followed, 'customerEmail');
    if (problem !== undefined) return problem;
    return await answered(run, followed, reply === undefined);
  },
};

/** Where no mail came in, the record of one sets off the same trigger. */
async function writeReply(run: HandoffRun, caseId: string): Promise<void> {
  await createRecord(run, run.org, 'EmailMessage', {
    ParentId: caseId,
    Incoming: true,
    Status: statusNew,
    FromAddress: run.to,
    ToAddress: run.config.blueprint.replyTo ?? run.people.integration?.email ?? run.to,
    Subject: `Re: ${run.mark} Your request`,
    TextBody: 'Thank you. This is the answer of the test.',
    ...run.config.blueprint.testRecords.emailMessageFields,
  });
}

/**
 * A job that is done says nothing of what it was answered: the class catches that, and tries again by a further job. Where
 * there is one, or none would come, the org is asked to call its webhook once more and to tell the answer.
 */
async function answered(run: HandoffRun, { job, further }: FollowedJob, written: boolean): Promise<StageEnd> {
  const { blueprint } = run.config;
  const retries = blueprint.webhook.retryDelaysMinutes.length > 0;
  const evidence = [job, ...further].filter((one) => one !== undefined).map(jobLine);
  const how = written ? ' (an incoming EmailMessage was written in the place of an answer)' : '';
  if (retries && further.length === 0) return done(`its job ran, and no further attempt waits${how}`, { evidence });
  const answer = await asked('webhook', () =>
    testWebhook(
      run.org,
      blueprint.names.namedCredential,
      webhookContract(blueprint.contract),
      signingSetting(blueprint),
    ),
  );
  if ('unknown' in answer) {
    const told = [...evidence, answer.unknown];
    return further.length > 0
      ? notTaken('the webhook did not take the event', told)
      : done(`its job ran; what it was answered is not known${how}`, { evidence: told });
  }
  const { reached, statusCode, detail } = answer.answer;
  const said = `${statusCode ?? ''} ${detail}`.trim();
  const told = [...evidence, `callout:${blueprint.names.namedCredential} answers a test event now: ${said}`];
  if (!reached) return notTaken(`the webhook was called and did not take the event: ${said}`, told);
  if (further.length > 0)
    return notTaken('the webhook did not take the event at first, and answers now; it is tried again', told);
  return done(`its job ran, and the webhook answers ${said}${how}`, { evidence: told });
}

function notTaken(detail: string, evidence: readonly string[]): StageEnd {
  return failed(detail, {
    evidence,
    remedy: [
      { text: 'Look where the events go, and compare with what OpenCX shows.', command: 'opencx-sf webhook show' },
      { text: 'Set the URL anew.', command: 'opencx-sf webhook set' },
    ],
  });
}
