import type { OrgState } from '../../state/org-state.ts';
import { findType } from '../symbols/program.ts';
import type { ClassSymbol, FieldSymbol } from '../symbols/symbol.ts';
import type { ApexType, ClassType } from '../types/type.ts';
import { classType } from '../types/type.ts';
import type { Instance } from '../values/instance.ts';
import type { Value } from '../values/value.ts';
import type { RunnableProgram, UnitCode } from './code.ts';
import type { CalloutPort } from './callouts/callouts.ts';
import type { DebugLog } from './debug-log.ts';
import { constructDefault } from './calls/construct.ts';
import type { Frame } from './frame.ts';
import { findDeclared, invokeDeclared } from './calls/invoke.ts';
import type { LimitCounters } from './limits.ts';
import { limitError } from '../values/exception.ts';
import type { Entry, Run } from './run.ts';
import type { TestState } from './test-state.ts';
import type { TriggerContext } from './triggers/trigger-context.ts';

/** How often each line of each unit was run. */
export type LineHits = Map<UnitCode, Map<number, number>>;

/** Whoever runs transactions one within another. */
export interface TransactionHost {
  /** Runs work as a transaction of the store, with `run` as the transaction of Apex meanwhile. */
  within<T>(run: Transaction, work: () => T): T;
}

export interface TransactionInit {
  readonly org: OrgState;
  readonly host: TransactionHost;
  readonly program: RunnableProgram;
  readonly entry: Entry;
  readonly userId: string;
  readonly limits: LimitCounters;
  readonly log: DebugLog;
  /** Clock and chance; see `Journal`. */
  readonly inputs: { now(): Date; random(count: number): Uint8Array };
  readonly hits?: LineHits;
  readonly test?: TestState;
  /** Static variables to share: jobs that a test runs have those of the test. */
  readonly statics?: Map<FieldSymbol, Value>;
  readonly initialized?: Set<ClassSymbol>;
  /** Makes callouts outside of tests; without it there are none. */
  readonly callouts?: CalloutPort;
}

/** Steps between two looks at the clock. */
const STEPS_PER_LOOK = 4096;

/** One transaction: static variables, running methods, limits and what else its code shares. */
export class Transaction implements Run {
  readonly org: OrgState;
  readonly host: TransactionHost;
  readonly program: RunnableProgram;
  readonly entry: Entry;
  userId: string;
  readonly log: DebugLog;
  readonly hits: LineHits | undefined;
  readonly test: TestState | undefined;
  readonly statics: Map<FieldSymbol, Value>;
  readonly initialized: Set<ClassSymbol>;
  readonly callouts: CalloutPort | undefined;
  readonly frames: Frame[] = [];
  /** Of the trigger that runs now. */
  trigger: TriggerContext | undefined = undefined;
  /** Why this transaction may make no callouts, in the words of the exception. */
  calloutRefusal: string | undefined = undefined;
  /** Whether data was changed, mail sent or a job enqueued: no callout may follow. */
  hasPendingWork = false;
  readonly #limits: LimitCounters;
  readonly #inputs: TransactionInit['inputs'];
  #steps = 0;
  #started = performance.now();

  constructor(init: TransactionInit) {
    this.org = init.org;
    this.host = init.host;
    this.program = init.program;
    this.entry = init.entry;
    this.userId = init.userId;
    this.#limits = init.limits;
    this.log = init.log;
    this.#inputs = init.inputs;
    this.hits = init.hits;
    this.test = init.test;
    this.statics = init.statics ?? new Map();
    this.initialized = init.initialized ?? new Set();
    this.callouts = init.callouts;
  }

  get line(): number {
    return this.frames.at(-1)?.line ?? 0;
  }

  get isTest(): boolean {
    return this.test !== undefined;
  }

  /** Between `startTest` and `stopTest` a test has limits of its own. */
  get limits(): LimitCounters {
    return this.test?.limits ?? this.#limits;
  }

  now(): Date {
    return this.#inputs.now();
  }

  random(count: number): Uint8Array {
    return this.#inputs.random(count);
  }

  /** Milliseconds spent so far. The local org has no better measure of CPU time than the clock on the wall. */
  get cpuMs(): number {
    return performance.now() - this.#started;
  }

  restartCpuTime(): void {
    this.#started = performance.now();
  }

  /** Called for each statement. @throws ApexThrown System.LimitException */
  step(): void {
    this.#steps += 1;
    if (this.#steps % STEPS_PER_LOOK === 0 && this.cpuMs > this.limits.ceilings.cpuMs) {
      throw limitError('Apex CPU time limit exceeded');
    }
  }

  findType(name: string): ApexType | undefined {
    return findType(name.split('.'), undefined, this.program.program);
  }

  create(type: ClassType): Value {
    return constructDefault(this, type);
  }

  invoke(target: Instance, name: string, args: readonly Value[]): Value {
    return invokeDeclared(this, target, name, args);
  }

  hasMethod(target: Instance, name: string, parameters: number): boolean {
    return findDeclared(classType(target.type.symbol), name, parameters) !== undefined;
  }
}

/** The transaction behind a run: natives take part in the very one that called them. */
export function transactionOf(run: Run): Transaction {
  if (run instanceof Transaction) return run;
  throw new Error('A native was called outside of a transaction.');
}
