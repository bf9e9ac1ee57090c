import { MetadataFault } from '../metadata-fault.ts';
import { withMetadataLock } from '../metadata-lock.ts';
import { readPackage } from '../package/read-package.ts';
import type { DeployPackage } from '../package/deploy-package.ts';
import { readZip } from '../package/read-zip.ts';
import { compileApex } from '../apex/compiler.ts';
import type { OrgState } from '../../state/org-state.ts';
import { checkPackage } from './check-package.ts';
import type { CheckedPackage } from './check-package.ts';
import { commitPackage, isHopeless } from './commit-package.ts';
import { findJob, isDone, saveJob, unfinishedJobs, zipOf } from './deploy-job.ts';
import type { DeployJob } from './deploy-job.ts';
import type { DeployMessage } from './deploy-message.ts';
import type { TestProgress } from './run-tests.ts';
import { testPackage } from './test-package.ts';
import type { TestsEnd } from './test-package.ts';

/** What is known of a running deployment beyond what is stored. */
export interface DeployProgress {
  readonly stateDetail: string;
  readonly total: number;
  readonly failures: readonly DeployMessage[];
  readonly successes: readonly DeployMessage[];
  /** Of its tests, once they run. */
  readonly tests?: TestProgress;
}

/** The deployments of one org: run one after the other, each at the pace the org's settings ask for. */
export class DeployQueue {
  readonly #org: OrgState;
  readonly #progress = new Map<string, DeployProgress>();
  readonly #wakers = new Map<string, () => void>();
  #tail: Promise<void> = Promise.resolve();
  #running: string | undefined;

  constructor(org: OrgState) {
    this.#org = org;
  }

  /** Takes up what a former process left: Salesforce, too, goes on by itself. */
  resume(): void {
    for (const job of unfinishedJobs(this.#org)) this.enqueue(job);
  }

  enqueue(job: DeployJob): void {
    this.#tail = this.#tail.then(() => this.#run(job.id));
  }

  progressOf(id: string): DeployProgress | undefined {
    return this.#progress.get(id);
  }

  /**
   * Asks a deployment to stop. It is Canceling until the queue has stopped it, as in Salesforce; nothing of it is kept.
   * @throws MetadataFault INVALID_ID_FIELD for one that has ended
   */
  cancel(id: string, userId: string): DeployJob {
    const job = findJob(this.#org, id);
    if (job === undefined) throw new MetadataFault('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    if (isDone(job)) throw new MetadataFault('INVALID_ID_FIELD', 'Deployment already completed');
    const canceling = saveJob(this.#org, job, { status: 'Canceling', canceledBy: userId });
    // One that still waits for others has nobody to stop it but this.
    if (this.#running === job.id) this.#wakers.get(job.id)?.();
    else setImmediate(() => this.#endWaiting(job.id));
    return canceling;
  }

  #endWaiting(id: string): void {
    try {
      this.#endIfCanceling(id);
    } catch (error) {
      this.#fail(id, error);
    }
  }

  async #run(id: string): Promise<void> {
    this.#running = id;
    try {
      await this.#deploy(id);
    } catch (error) {
      this.#fail(id, error);
    } finally {
      this.#progress.delete(id);
      this.#running = undefined;
    }
  }

  async #deploy(id: string): Promise<void> {
    const org = this.#org;
    const waiting = findJob(org, id);
    if (waiting === undefined || isDone(waiting)) return;
    await this.#pause(id, org.settings.deployPace.queueMs);
    if (this.#endIfCanceling(id)) return;
    const pending = findJob(org, id);
    if (pending === undefined) return;
    let job = saveJob(org, pending, { status: 'InProgress', startDate: pending.startDate ?? org.now().toISOString() });
    const zip = zipOf(org, id);
    if (zip === undefined)
      throw new MetadataFault('UNKNOWN_EXCEPTION', 'The zip file of this deployment is not there any more.');
    const files = readZip(zip);
    const pack = readPackage(files, job.options, org.settings.apiVersion);
    job = saveJob(org, job, { numberFiles: files.size });
    await this.#showProgress(job, pack);
    if (this.#endIfCanceling(id)) return;
    await withMetadataLock(org, async () => {
      const checked = await checkPackage(org, pack, compileApex);
      if (this.#endIfCanceling(id)) return;
      const tests = await testPackage(org, job, checked, isHopeless(job, checked), {
        onProgress: (progress) => {
          this.#noteTests(id, checked, progress);
        },
        isCanceled: () => findJob(org, id)?.status === 'Canceling',
      });
      if (this.#endIfCanceling(id)) return;
      const { storeTrees } = await import('../../apex/program-of-org.ts');
      this.#finish(id, checked, tests, checked.apex.length > 0 ? storeTrees : undefined);
    });
  }

  /** With a pace set, lets clients see components being processed one by one before anything is saved. */
  async #showProgress(job: DeployJob, pack: DeployPackage): Promise<void> {
    const { componentMs } = this.#org.settings.deployPace;
    if (componentMs <= 0) return;
    const checked = await checkPackage(this.#org, pack, compileApex);
    const messages = [...checked.successes, ...checked.failures];
    const total = countable(messages).length;
    for (const [index, message] of messages.entries()) {
      const seen = messages.slice(0, index + 1);
      this.#progress.set(job.id, {
        stateDetail: `Processing Type: ${message.componentType}`,
        total,
        failures: seen.filter(({ success }) => !success),
        successes: seen.filter(({ success }) => success),
      });
      if (message.componentType !== '') await this.#pause(job.id, componentMs);
      if (findJob(this.#org, job.id)?.status === 'Canceling') return;
    }
  }

  #noteTests(id: string, { failures, successes }: CheckedPackage, tests: TestProgress): void {
    const total = countable(successes).length + failures.length;
    this.#progress.set(id, { stateDetail: tests.stateDetail, total, failures, successes, tests });
  }

  #finish(
    id: string,
    checked: CheckedPackage,
    tests: TestsEnd,
    afterSave: ((org: OrgState) => void) | undefined,
  ): void {
    const org = this.#org;
    const job = findJob(org, id);
    if (job === undefined) return;
    commitPackage(org, job, checked, tests, (outcome) => {
      if (outcome.status !== 'Failed' && !job.options.checkOnly) afterSave?.(org);
      const deployed = countable(outcome.successes).length;
      saveJob(org, job, {
        ...outcome,
        completedDate: org.now().toISOString(),
        failures: checked.failures,
        numberComponentsDeployed: deployed,
        numberComponentErrors: checked.failures.length,
        numberComponentsTotal: deployed + checked.failures.length,
      });
    });
  }

  #endIfCanceling(id: string): boolean {
    const job = findJob(this.#org, id);
    if (job?.status !== 'Canceling') return false;
    saveJob(this.#org, job, { status: 'Canceled', completedDate: this.#org.now().toISOString() });
    return true;
  }

  /**
   * What no rule foresaw ends the job as Salesforce ends it. If even that cannot be written, the org has been closed
   * under it: the job stays as stored and is taken up at the next start.
   */
  #fail(id: string, error: unknown): void {
    const job = findJobOfOpenOrg(this.#org, id);
    if (job === undefined) return;
    const code = error instanceof MetadataFault ? error.code : 'UNKNOWN_EXCEPTION';
    const message = error instanceof Error ? error.message : String(error);
    saveJob(this.#org, job, {
      status: 'Failed',
      errorStatusCode: code,
      errorMessage: `${code}: ${message}`,
      completedDate: this.#org.now().toISOString(),
    });
  }

  async #pause(id: string, milliseconds: number): Promise<void> {
    if (milliseconds <= 0 || findJob(this.#org, id)?.status === 'Canceling') return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      // A local org that is being stopped does not wait for its pretended slowness.
      timer.unref();
      this.#wakers.set(id, () => {
        clearTimeout(timer);
        resolve();
      });
    });
    this.#wakers.delete(id);
  }
}

/** Rows that count as components: those about manifests, and those about what was not found, do not. */
function countable(messages: readonly DeployMessage[]): DeployMessage[] {
  return messages.filter(({ componentType, problemType }) => componentType !== '' && problemType !== 'Warning');
}

function findJobOfOpenOrg(org: OrgState, id: string): DeployJob | undefined {
  try {
    return findJob(org, id);
  } catch {
    return undefined;
  }
}

const queues = new WeakMap<OrgState, DeployQueue>();

/** The org's one queue. */
export function deployQueueOf(org: OrgState): DeployQueue {
  let queue = queues.get(org);
  if (queue === undefined) {
    queue = new DeployQueue(org);
    queues.set(org, queue);
  }
  return queue;
}
