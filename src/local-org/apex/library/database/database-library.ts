import type { NativeClass } from '../native.ts';
import { databaseDml } from './database-dml.ts';
import { databaseQueries } from './database-query.ts';
import { dmlOptionsClasses } from './dml-options.ts';
import { queryLocatorClass, queryLocatorIteratorClass } from './query-locator.ts';
import { resultClasses } from './results.ts';
import { databaseSavepoints, savepointClass } from './savepoints.ts';

/** `System.Database` and the classes of what it takes and gives. */
export const databaseLibrary: readonly NativeClass[] = [
  { name: 'System.Database', statics: { ...databaseDml, ...databaseQueries, ...databaseSavepoints } },
  ...dmlOptionsClasses,
  ...resultClasses,
  queryLocatorClass,
  queryLocatorIteratorClass,
  savepointClass,
];
