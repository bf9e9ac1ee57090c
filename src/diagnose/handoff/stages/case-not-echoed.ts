import { jobLine, readJobs } from '../apex/apex-jobs.ts';
import { done, failed, skipped } from '../../timeline/stage.ts';
import type { HandoffStage } from '../stage.ts';

/** A trigger enqueues its job in the transaction that saves the Case; a second is what the org's dates are rounded to. */
const sameMomentMs = 2000;

/** A Case that carries OpenCX's mark is its own: reporting it would make a conversation out of a handoff. */
export const caseNotEchoedStage: HandoffStage = {
  id: 'case-not-echoed',
  run: async (run) => {
    const { case: testCase } = run.found;
    if (testCase === undefined) return skipped('no Case was made');
    const { apexClass, triggers, caseFromField } = run.config.blueprint.names;
    const until = Date.parse(testCase.at) + sameMomentMs;
    const jobs = (await readJobs(run, testCase)).filter(({ CreatedDate }) => Date.parse(CreatedDate) <= until);
    if (jobs.length === 0) return done(`no job of ${apexClass} when it was saved`);
    return failed(`${apexClass} was called when the Case was saved: it may have been reported`, {
      evidence: [
        ...jobs.map(jobLine),
        'a job does not name its record: something else that the same user did at that moment would look the same',
      ],
      remedy: [
        {
          text: `Compare the value of ${caseFromField} and the Username in ${triggers.newCase} with the configuration; deploying writes them anew.`,
          command: 'opencx-sf deploy-apex',
        },
      ],
    });
  },
};
