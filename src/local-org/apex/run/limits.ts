import { limitError } from '../values/exception.ts';
import type { Entry } from './run.ts';

/** Limits that count up, by the name `Limits.get…` and `Limits.getLimit…` have for them. */
export const limitNames = [
  'AggregateQueries',
  'AsyncCalls',
  'Callouts',
  'DmlRows',
  'DmlStatements',
  'EmailInvocations',
  'FutureCalls',
  'MobilePushApexCalls',
  'PublishImmediateDML',
  'Queries',
  'QueryLocatorRows',
  'QueryRows',
  'QueueableJobs',
  'RunAs',
  'SavepointRollbacks',
  'Savepoints',
  'SoslQueries',
] as const;
export type LimitName = (typeof limitNames)[number];

/** Words of the exception, where the platform says more than the limit's name. */
const words: Partial<Record<LimitName, string>> = {
  Callouts: 'Too many callouts',
  DmlRows: 'Too many DML rows',
  DmlStatements: 'Too many DML statements',
  EmailInvocations: 'Too many Email Invocations',
  FutureCalls: 'Too many future calls',
  Queries: 'Too many SOQL queries',
  QueryLocatorRows: 'Too many query locator rows',
  QueryRows: 'Too many query rows',
  QueueableJobs: 'Too many queueable jobs added to the queue',
  SoslQueries: 'Too many SOSL queries',
};

/** Per-transaction limits (Apex Developer Guide, "Execution Governors and Limits"). */
const synchronous: Record<LimitName, number> = {
  AggregateQueries: 300,
  AsyncCalls: 200,
  Callouts: 100,
  DmlRows: 10_000,
  DmlStatements: 150,
  EmailInvocations: 10,
  FutureCalls: 50,
  MobilePushApexCalls: 10,
  PublishImmediateDML: 150,
  Queries: 100,
  QueryLocatorRows: 10_000,
  QueryRows: 50_000,
  QueueableJobs: 50,
  RunAs: 20,
  SavepointRollbacks: 20,
  Savepoints: 5,
  SoslQueries: 20,
};

/** Milliseconds of CPU and bytes of heap; counted elsewhere. */
export interface LimitCeilings {
  readonly counts: Readonly<Record<LimitName, number>>;
  readonly cpuMs: number;
  readonly heapBytes: number;
}

const synchronousCeilings: LimitCeilings = { counts: synchronous, cpuMs: 10_000, heapBytes: 6_000_000 };

/** Queueables and scheduled jobs; futures and batches may start no futures. */
function asynchronousCeilings(futureCalls: 0 | 50): LimitCeilings {
  const counts = { ...synchronous, Queries: 200, QueueableJobs: 1, FutureCalls: futureCalls };
  return { counts, cpuMs: 60_000, heapBytes: 12_000_000 };
}

/** Limits by what starts a transaction. */
export function ceilingsOf(entry: Entry): LimitCeilings {
  switch (entry) {
    case 'future':
    case 'batch':
      return asynchronousCeilings(0);
    case 'queueable':
      return asynchronousCeilings(50);
    case 'schedulable':
    case 'api':
    case 'anonymous':
    case 'test':
      return synchronousCeilings;
  }
}

/** What a transaction has used of its limits. Tests have a second set between `startTest` and `stopTest`. */
export class LimitCounters {
  readonly ceilings: LimitCeilings;
  readonly #used = new Map<LimitName, number>();

  constructor(ceilings: LimitCeilings) {
    this.ceilings = ceilings;
  }

  used(name: LimitName): number {
    return this.#used.get(name) ?? 0;
  }

  /** Remembers what is used at this moment; calling what it gives goes back to that. */
  mark(): () => void {
    const before = new Map(this.#used);
    return () => {
      this.#used.clear();
      for (const [name, count] of before) this.#used.set(name, count);
    };
  }

  ceiling(name: LimitName): number {
    return this.ceilings.counts[name];
  }

  /** @throws ApexThrown System.LimitException, which nothing catches, e.g. `Too many SOQL queries: 101` */
  use(name: LimitName, count = 1): void {
    const used = this.used(name) + count;
    this.#used.set(name, used);
    if (used > this.ceiling(name)) throw limitError(`${words[name] ?? `Too many ${name}`}: ${used}`);
  }
}
