import type { NativeClass } from '../native.ts';
import { propertyMethods } from '../native.ts';

/** What jobs are handed: contexts that know their job. */
export const jobContextClasses: readonly NativeClass[] = [
  { name: 'System.QueueableContextImpl', ...propertyMethods('JobId') },
  { name: 'System.SchedulableContextImpl', ...propertyMethods('TriggerId') },
  { name: 'Database.BatchableContextImpl', ...propertyMethods('JobId', 'ChildJobId') },
];
