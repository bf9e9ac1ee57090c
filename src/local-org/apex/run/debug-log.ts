/** Levels of a log category, least first. */
export const logLevels = ['NONE', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'FINE', 'FINER', 'FINEST'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Categories of a debug log, as `DebugLevel` has them. */
export type LogCategory =
  | 'ApexCode'
  | 'ApexProfiling'
  | 'Callout'
  | 'Database'
  | 'System'
  | 'Validation'
  | 'Visualforce'
  | 'Workflow';

/** Takes what happens in a transaction; what is below the level of its category is dropped. */
export interface DebugLog {
  isOn(category: LogCategory, level: LogLevel): boolean;
  /**
   * One event, e.g. `USER_DEBUG` with `[12]`, `DEBUG`, `text`.
   * @param details joined by `|` after the event's name
   */
  add(category: LogCategory, level: LogLevel, event: string, ...details: readonly string[]): void;
}

/** A log nobody asked for. */
export const noLog: DebugLog = { isOn: () => false, add: () => undefined };
