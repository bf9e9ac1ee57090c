import type { NativeClass } from '../native.ts';
import { batchClass } from './batch.ts';
import { jobContextClasses } from './job-contexts.ts';
import { systemClass } from './system.ts';
import { testClass } from './test.ts';
import { triggerClass } from './trigger.ts';

/** Transactions, jobs and tests. */
export const systemLibrary: readonly NativeClass[] = [
  batchClass,
  systemClass,
  testClass,
  triggerClass,
  ...jobContextClasses,
];
