import type { OrgState } from '../../state/org-state.ts';
import { apexOf } from '../runtime.ts';
import { waitingJobs } from './job.ts';
import type { Job } from './job.ts';
import { runJob } from './run-job.ts';

/** Longest delay of a timer of the host, in milliseconds. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Runs the jobs of one org, one after the other, each when it is due. What a former process left is taken up. */
export class JobRunner {
  readonly #org: OrgState;
  readonly #onError: (error: unknown) => void;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #closing = new AbortController();

  constructor(org: OrgState, onError: (error: unknown) => void) {
    this.#org = org;
    this.#onError = onError;
    apexOf(org).onCommit(() => {
      this.wake();
    });
  }

  /** Looks for jobs that are due. */
  wake(): void {
    if (this.#closing.signal.aborted || this.#running !== undefined) return;
    if (waitingJobs(this.#org).length === 0) return;
    this.#running = this.#work()
      .catch(this.#onError)
      .finally(() => {
        this.#running = undefined;
        this.#waitForNext();
      });
  }

  /** Resolves once nothing that is due is left. */
  async idle(): Promise<void> {
    for (;;) {
      await this.#running;
      if (this.#running === undefined) {
        if (this.#closing.signal.aborted || this.#due() === undefined) return;
        this.wake();
      }
    }
  }

  /** Waits for what runs; a callout that is under way is given up, and its job is taken up at the next start. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('The local org is being stopped.'));
    clearTimeout(this.#timer);
    await this.#running;
  }

  #due(): Job | undefined {
    const now = this.#org.now().toISOString();
    return waitingJobs(this.#org).find((job) => !job.ofTest && job.notBefore <= now);
  }

  async #work(): Promise<void> {
    // Not in the turn of whoever has committed: that request is answered first.
    await new Promise((resolve) => setImmediate(resolve));
    for (let job = this.#due(); job !== undefined && !this.#closing.signal.aborted; job = this.#due()) {
      await runJob(this.#org, job, this.#closing.signal);
    }
  }

  #waitForNext(): void {
    if (this.#closing.signal.aborted) return;
    clearTimeout(this.#timer);
    const next = waitingJobs(this.#org)
      .filter((job) => !job.ofTest)
      .map((job) => job.notBefore)
      .sort()[0];
    if (next === undefined) return;
    const delay = Math.min(MAX_TIMER_MS, Math.max(0, Date.parse(next) - this.#org.now().getTime()));
    this.#timer = setTimeout(() => {
      this.wake();
    }, delay);
    this.#timer.unref();
  }
}
