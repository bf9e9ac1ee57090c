import { quoted } from '../../../provision/org/soql-literal.ts';
import type { HandoffRun, SavedRecord } from '../handoff-run.ts';

/** A job of our Apex class, as its AsyncApexJob row tells it. */
export interface ApexJob {
  Id: string;
  JobType: string;
  MethodName: string | null;
  /** `Queued`, `Preparing`, `Processing`, `Holding`, or how it ended: `Completed`, `Failed`, `Aborted`. */
  Status: string;
  NumberOfErrors: number;
  ExtendedStatus: string | null;
  CreatedDate: string;
}

const ended: ReadonlySet<string> = new Set(['Completed', 'Failed', 'Aborted']);
/** How often a job is looked at, in milliseconds. */
const lookMs = 500;
/** How long a row may take to be seen once its transaction has committed, in milliseconds. */
const appearMs = 3000;

/**
 * Jobs of the class that one user has set off from a moment on, oldest first. The row names neither record nor event, so
 * user and moment are all there is to know a job by.
 * @throws OpencxError as the query does
 */
export async function readJobs(
  { org, config }: Pick<HandoffRun, 'org' | 'config'>,
  { userId, at }: Pick<SavedRecord, 'userId' | 'at'>,
): Promise<ApexJob[]> {
  const className = config.blueprint.names.apexClass;
  return await org.query<ApexJob>(
    'SELECT Id, JobType, MethodName, Status, NumberOfErrors, ExtendedStatus, CreatedDate FROM AsyncApexJob ' +
      `WHERE ApexClass.Name = ${quoted([className])} AND ApexClass.NamespacePrefix = null ` +
      `AND CreatedById = ${quoted([userId])} AND CreatedDate >= ${at} ORDER BY CreatedDate, Id`,
    `reading the jobs of ${className}`,
  );
}

/** What became of the job that a change set off. */
export interface FollowedJob {
  /** Undefined: nothing was enqueued. */
  job: ApexJob | undefined;
  /** Whether it has ended; otherwise the time was up. */
  ended: boolean;
  /** Jobs it enqueued in its turn: what the webhook did not take is tried again by one. */
  further: readonly ApexJob[];
}

/**
 * Waits until the first job that a change has set off has ended.
 * @param cause who saved it and when
 * @param known ids of the jobs that were there before
 * @throws AbortError once the run's signal aborts; OpencxError as the query does
 */
export async function followJob(
  run: HandoffRun,
  cause: Pick<SavedRecord, 'userId' | 'at'>,
  known: ReadonlySet<string> = new Set(),
): Promise<FollowedJob> {
  const { clock } = run.org;
  const start = clock.now();
  for (;;) {
    const jobs = (await readJobs(run, cause)).filter(({ Id }) => !known.has(Id));
    const [job] = jobs;
    const passed = clock.now() - start;
    if (job === undefined && passed >= appearMs) return { job, ended: false, further: [] };
    if (job !== undefined && ended.has(job.Status)) return { job, ended: true, further: enqueuedBy(job, jobs) };
    if (job !== undefined && passed >= run.patienceMs) return { job, ended: false, further: [] };
    await clock.sleep(lookMs, run.signal);
  }
}

/** A trigger calls a future method; only a job enqueues a Queueable, or schedules one where it may enqueue no more. */
function enqueuedBy(job: ApexJob, jobs: readonly ApexJob[]): ApexJob[] {
  return jobs.filter((one) => one.Id !== job.Id && one.JobType !== 'Future' && !ended.has(one.Status));
}

/**
 * What this session sets off on the test Case, told from what it has set off before.
 * @param change what saves something
 * @throws AbortError, OpencxError as {@link followJob}, and what `change` throws
 */
export async function followOwnJob(run: HandoffRun, caseAt: string, change: () => Promise<void>): Promise<FollowedJob> {
  const mine = { userId: run.people.me.id, at: caseAt };
  const known = new Set((await readJobs(run, mine)).map(({ Id }) => Id));
  await change();
  return await followJob(run, mine, known);
}

/** A job in one line, as evidence. */
export function jobLine(job: ApexJob): string {
  const what = [job.JobType, job.MethodName].filter((part) => part !== null).join(' ');
  const errors = job.NumberOfErrors > 0 ? `, ${job.NumberOfErrors} errors` : '';
  const said = job.ExtendedStatus === null ? '' : `: ${job.ExtendedStatus}`;
  return `AsyncApexJob ${job.Id} (${what}) ${job.Status}${errors}${said}`;
}
