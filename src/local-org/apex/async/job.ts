import type { OrgState } from '../../state/org-state.ts';
import type { Entry } from '../run/run.ts';
import type { BatchProgress } from './kinds/batch-progress.ts';
import type { ValueGraph } from './stored-values/value-graph.ts';

/** What a job runs, beside its AsyncApexJob row. */
export type JobWork =
  | { readonly kind: 'future'; readonly className: string; readonly method: string; readonly arguments: ValueGraph }
  | { readonly kind: 'queueable'; readonly object: ValueGraph }
  | {
      readonly kind: 'scheduled';
      readonly object: ValueGraph;
      readonly triggerId: string;
    }
  | { readonly kind: 'batch'; readonly object: ValueGraph; readonly scopeSize: number };

/** A job that waits, or that runs at this moment. */
export interface Job {
  /** Of its AsyncApexJob row. */
  readonly id: string;
  readonly userId: string;
  readonly work: JobWork;
  /** ISO 8601: not before this moment. */
  readonly notBefore: string;
  /** Enqueued by a test method: it runs within the test, never by itself. */
  readonly ofTest: boolean;
  /** Of a batch that has begun. */
  readonly batch?: BatchProgress;
}

const entries: Readonly<Record<JobWork['kind'], Entry>> = {
  future: 'future',
  queueable: 'queueable',
  scheduled: 'schedulable',
  batch: 'batch',
};

/** As what a job's transactions are started: their limits depend on it. */
export function entryOf({ work }: Job): Entry {
  return entries[work.kind];
}

const kind = 'apex-job';

export function putJob(org: OrgState, job: Job): void {
  org.documents.put(kind, job.id, job);
}

export function removeJob(org: OrgState, id: string): void {
  org.documents.delete(kind, id);
}

export function findJob(org: OrgState, id: string): Job | undefined {
  return org.documents.get(kind, id) as Job | undefined;
}

/** Jobs in the order in which they were enqueued. */
export function waitingJobs(org: OrgState): Job[] {
  return org.documents.list(kind).map(({ value }) => value as Job);
}
