import { followOwnJob, jobLine } from '../apex/apex-jobs.ts';
import { jobProblem } from '../apex/job-problem.ts';
import { isOpenCx } from '../people.ts';
import { createRecord } from '../records.ts';
import { done, skipped } from '../../timeline/stage.ts';
import type { HandoffStage } from '../stage.ts';
import { openCxActs } from './open-cx-acts.ts';

/** A person answers from the Case: the AI has to know. Nothing leaves the org: a record that a person saves is only that. */
export const agentReplyStage: HandoffStage = {
  id: 'agent-reply',
  run: async (run) => {
    const { case: testCase } = run.found;
    const { options, testRecords } = run.config.blueprint;
    if (!options.humanAgent) return skipped('options.humanAgent is off: no trigger reports it');
    if (testCase === undefined) return skipped('no Case was made');
    if (isOpenCx(run.people)) return openCxActs(run);
    const followed = await followOwnJob(run, testCase.at, async () => {
      await createRecord(run, run.org, 'EmailMessage', {
        ParentId: testCase.id,
        Incoming: false,
        Status: '3',
        ToAddress: run.to,
        Subject: `${run.mark} A person answers`,
        TextBody: 'This is the answer of a person, in a test. It is not sent.',
        ...testRecords.emailMessageFields,
      });
    });
    const problem = await jobProblem(run, followed, 'humanAgentEmail');
    if (problem !== undefined) return problem;
    return done(`an EmailMessage by ${run.people.me.username} set off a job`, {
      evidence: followed.job === undefined ? [] : [jobLine(followed.job)],
    });
  },
};
