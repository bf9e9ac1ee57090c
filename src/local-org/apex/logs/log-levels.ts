import { logLevels } from '../run/debug-log.ts';
import type { LogCategory, LogLevel } from '../run/debug-log.ts';

/** Level of each category; one that is missing is not logged and not named in the log's header. */
export type LogLevels = Readonly<Partial<Record<LogCategory, LogLevel>>>;

/** All categories with their names in a log's header, in its order. */
export const logCategories = {
  ApexCode: 'APEX_CODE',
  ApexProfiling: 'APEX_PROFILING',
  Callout: 'CALLOUT',
  Database: 'DB',
  System: 'SYSTEM',
  Validation: 'VALIDATION',
  Visualforce: 'VISUALFORCE',
  Workflow: 'WORKFLOW',
} as const satisfies Record<LogCategory, string>;

export const logCategoryNames = Object.keys(logCategories) as readonly LogCategory[];

/** A level in any case; undefined if it is none. */
export function logLevelNamed(name: string): LogLevel | undefined {
  return logLevels.find((level) => level === name.toUpperCase());
}

/** First line of a log, e.g. `66.0 APEX_CODE,DEBUG;APEX_PROFILING,INFO`. */
export function levelsHeader(apiVersion: string, levels: LogLevels): string {
  const parts = logCategoryNames.flatMap((category) => {
    const level = levels[category];
    return level === undefined ? [] : [`${logCategories[category]},${level}`];
  });
  return `${apiVersion} ${parts.join(';')}`;
}
