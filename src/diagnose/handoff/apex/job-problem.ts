import { durationText } from '../../timeline/duration-text.ts';
import type { HandoffRun } from '../handoff-run.ts';
import { failed, waiting, type StageEnd } from '../../timeline/stage.ts';
import { jobLine, type FollowedJob } from './apex-jobs.ts';
import { triggerState } from './trigger-state.ts';

/**
 * What kept an event from being handed over; undefined if its job has completed.
 * @param role the trigger that enqueues the job
 */
export async function jobProblem(
  run: HandoffRun,
  { job, ended }: FollowedJob,
  role: 'customerEmail' | 'humanAgentEmail' | 'ownerChange',
): Promise<StageEnd | undefined> {
  if (job === undefined) return await noJob(run, role);
  const evidence = [jobLine(job)];
  if (!ended)
    return waiting(`its job is still ${job.Status} after ${durationText(run.patienceMs)}`, {
      evidence,
      remedy: [{ text: 'Setup → Apex Jobs shows it; the org has others to do first.' }],
    });
  if (job.Status === 'Completed' && job.NumberOfErrors === 0) return undefined;
  return failed(`its job ended as ${job.Status}: ${job.ExtendedStatus ?? 'no reason given'}`, {
    evidence,
    remedy: [{ text: `Deploy ${run.config.blueprint.names.apexClass} again.`, command: 'opencx-sf deploy-apex' }],
  });
}

async function noJob(run: HandoffRun, role: Parameters<typeof jobProblem>[2]): Promise<StageEnd> {
  const { triggers, apexClass } = run.config.blueprint.names;
  const { problem, evidence, remedy } = await triggerState(run, role);
  return failed(problem ?? `${triggers[role]} enqueued no job`, {
    evidence: [`no AsyncApexJob of ${apexClass} by the user who saved it`, ...evidence],
    remedy:
      problem === undefined
        ? [{ text: `A debug log of that user tells why: look for "failed" of ${apexClass}.` }]
        : remedy,
  });
}
