import type { OrgState } from '../../state/org-state.ts';
import type { ApexType, ClassType } from '../types/type.ts';
import type { Instance } from '../values/instance.ts';
import type { Value } from '../values/value.ts';
import type { DebugLog } from './debug-log.ts';
import type { LimitCounters } from './limits.ts';

/** What started a transaction: limits and what it may do depend on it. */
export type Entry = 'api' | 'anonymous' | 'future' | 'queueable' | 'batch' | 'schedulable' | 'test';

/**
 * One transaction of Apex, as the code that runs in it sees it. Everything from outside comes through here (clock, chance,
 * user, org), so that a transaction that waits for a callout can be run again to the same end: see `replay.ts`.
 */
export interface Run {
  readonly org: OrgState;
  readonly entry: Entry;
  /** The running user; another one within `System.runAs`. */
  userId: string;
  readonly limits: LimitCounters;
  readonly log: DebugLog;
  /** 1-based; of what is executed at this moment. 0 outside of the customer's code. */
  readonly line: number;
  /** True within a test. */
  readonly isTest: boolean;
  /** Whether data was changed, mail sent or a job enqueued: no callout may follow. */
  hasPendingWork: boolean;
  now(): Date;
  /** `count` random bytes. */
  random(count: number): Uint8Array;
  /** A type by its name in the program, as `Type.forName` finds it; undefined if there is none. */
  findType(name: string): ApexType | undefined;
  /** A new object by the constructor without parameters. @throws ApexThrown System.TypeException where there is none */
  create(type: ClassType): Value;
  /** Calls a method that an object of the customer's has, by name and number of arguments (`compareTo`, `respond`). */
  invoke(target: Instance, name: string, args: readonly Value[]): Value;
  /** Whether the object's class (not the platform) declares such a method. */
  hasMethod(target: Instance, name: string, parameters: number): boolean;
}
