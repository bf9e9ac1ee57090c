import { followOwnJob, jobLine } from '../apex/apex-jobs.ts';
import { jobProblem } from '../apex/job-problem.ts';
import type { HandoffRun } from '../handoff-run.ts';
import { isOpenCx, type HandoffUser } from '../people.ts';
import { quoted } from '../../../provision/org/soql-literal.ts';
import { done, skipped } from '../../timeline/stage.ts';
import type { HandoffStage } from '../stage.ts';
import { openCxActs } from './open-cx-acts.ts';

/** A person takes the Case: the AI has to stop. */
export const ownerChangeStage: HandoffStage = {
  id: 'owner-change',
  run: async (run) => {
    const { case: testCase } = run.found;
    if (!run.config.blueprint.options.ownerChange) return skipped('options.ownerChange is off: no trigger reports it');
    if (testCase === undefined) return skipped('no Case was made');
    if (isOpenCx(run.people)) return openCxActs(run);
    const owner = newOwner(run, await ownerOf(run, testCase.id));
    if (owner === undefined) return skipped('there is nobody else to give the Case to');
    const followed = await followOwnJob(run, testCase.at, async () => {
      const values = { OwnerId: owner.id };
      await run.org.rest('PATCH', `/sobjects/Case/${testCase.id}`, 'giving the test Case to another owner', values);
    });
    const { me } = run.people;
    const problem = await jobProblem(run, followed, 'ownerChange');
    if (problem !== undefined) return problem;
    return done(
      `${owner.id === me.id ? 'taken' : `given to ${owner.username}`} by ${me.username}, which set off a job`,
      {
        evidence: followed.job === undefined ? [] : [jobLine(followed.job)],
      },
    );
  },
};

/** Nobody but the two who have a part in this: a queue would write to its members. */
function newOwner({ people }: HandoffRun, current: string | undefined): HandoffUser | undefined {
  const { me, integration } = people;
  return [me, ...(integration?.isActive === true ? [integration] : [])].find(({ id }) => id !== current);
}

async function ownerOf({ org }: HandoffRun, id: string): Promise<string | undefined> {
  const rows = await org.query<{ OwnerId: string }>(
    `SELECT OwnerId FROM Case WHERE Id = ${quoted([id])}`,
    'reading the owner of the test Case',
  );
  return rows[0]?.OwnerId;
}
