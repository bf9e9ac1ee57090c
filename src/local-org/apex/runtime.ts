import type { OrgState } from '../state/org-state.ts';
import { triggerHooks } from './database/triggers/trigger-hooks.ts';
import { fingerprintOf, buildProgram, prepareProgram } from './program-of-org.ts';
import { openLog } from './logs/log-of-transaction.ts';
import type { ApexRuntime, TriggerEvent } from './run/apex-runtime.ts';
import type { RunnableProgram } from './run/code.ts';
import type { DebugLog } from './run/debug-log.ts';
import { noLog } from './run/debug-log.ts';
import { ceilingsOf, LimitCounters } from './run/limits.ts';
import { Journal } from './run/callouts/replay.ts';
import type { Entry, Run } from './run/run.ts';
import { thrownText } from './run/thrown-text.ts';
import { Transaction } from './run/transaction.ts';
import type { TransactionHost, TransactionInit } from './run/transaction.ts';
import { fireTriggers, triggersFor } from './run/triggers/triggers.ts';
import { ApexThrown } from './values/exception.ts';
import type { ExceptionValue } from './values/exception.ts';

/** What a transaction may be given beyond what follows from its entry. */
type Options = Partial<
  Pick<TransactionInit, 'program' | 'log' | 'inputs' | 'hits' | 'test' | 'statics' | 'initialized' | 'callouts'>
>;

/** The Apex of one org: its program, kept as long as the org's Apex stays the same, and its transactions. */
export class OrgApex implements ApexRuntime, TransactionHost {
  readonly #org: OrgState;
  #built: { readonly fingerprint: string; readonly program: RunnableProgram } | undefined;
  #current: Transaction | undefined;
  readonly #committed = new Set<() => void>();

  constructor(org: OrgState) {
    this.#org = org;
    org.saveHooks = triggerHooks(org, this);
  }

  get current(): Transaction | undefined {
    return this.#current;
  }

  /** To be awaited before anything that may run Apex, after the org's Apex may have changed. */
  async ready(): Promise<void> {
    if (this.#built?.fingerprint === fingerprintOf(this.#org)) return;
    await prepareProgram(this.#org);
  }

  /** The org's Apex as it is at this moment, or what the running transaction has. */
  program(): RunnableProgram {
    if (this.#current !== undefined) return this.#current.program;
    const fingerprint = fingerprintOf(this.#org);
    if (this.#built?.fingerprint !== fingerprint) this.#built = { fingerprint, program: buildProgram(this.#org) };
    return this.#built.program;
  }

  /** Told each time a transaction has committed. */
  onCommit(listener: () => void): void {
    this.#committed.add(listener);
  }

  hasTriggers(event: Pick<TriggerEvent, 'when' | 'operation' | 'sobject'>): boolean {
    return this.#activeTriggers(event).length > 0;
  }

  runTriggers(run: Run, event: TriggerEvent): void {
    if (!(run instanceof Transaction)) throw new Error('A transaction of another runtime was given.');
    const triggers = this.#activeTriggers(event);
    if (triggers.length > 0) fireTriggers(run, triggers, event);
  }

  #activeTriggers(event: Pick<TriggerEvent, 'when' | 'operation' | 'sobject'>): ReturnType<typeof triggersFor> {
    const active = new Set(
      this.#org.records
        .find('ApexTrigger', { TableEnumOrId: event.sobject, Status: 'Active' })
        .map((row) => row['Name']),
    );
    if (active.size === 0) return [];
    return triggersFor(this.program(), event).filter((one) => active.has(one.name));
  }

  /** A transaction that is not begun yet. */
  newTransaction(entry: Entry, userId: string, options: Options = {}): Transaction {
    const log: DebugLog = options.log ?? noLog;
    return new Transaction({
      org: this.#org,
      host: this,
      program: options.program ?? this.program(),
      entry,
      userId,
      limits: new LimitCounters(ceilingsOf(entry)),
      inputs: new Journal(this.#org.now),
      ...options,
      log,
    });
  }

  /**
   * Runs work as a transaction within the store's: the one that is current meanwhile. Within another transaction (a job
   * that a test runs) it is a part of that one.
   */
  within<T>(run: Transaction, work: () => T): T {
    const former = this.#current;
    this.#current = run;
    try {
      return this.#org.transaction(work);
    } finally {
      this.#current = former;
    }
  }

  transact<T>(entry: Entry, userId: string, work: (run: Transaction) => T): T {
    const log = openLog(this.#org, { userId, operation: 'API', request: 'Api' });
    const run = this.newTransaction(entry, userId, { log: log.debugLog });
    let result: T;
    let thrown: ExceptionValue | undefined;
    try {
      result = this.within(run, () => work(run));
    } catch (error) {
      if (error instanceof ApexThrown) thrown = error.exception;
      throw error;
    } finally {
      if (thrown === undefined) log.close('Success', { usage: run });
      else log.close(thrownText(run, thrown), { usage: run, stackTrace: thrown.stackTrace ?? '' });
    }
    this.announceCommit();
    return result;
  }

  /** Starts what waits for a commit. */
  announceCommit(): void {
    if (this.#current !== undefined) return;
    for (const listener of this.#committed) listener();
  }
}

const runtimes = new WeakMap<OrgState, OrgApex>();

/** The Apex of an org; there is one for each. */
export function apexOf(org: OrgState): OrgApex {
  let runtime = runtimes.get(org);
  if (runtime === undefined) {
    runtime = new OrgApex(org);
    runtimes.set(org, runtime);
  }
  return runtime;
}
