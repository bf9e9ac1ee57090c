import { logLevels } from '../run/debug-log.ts';
import type { DebugLog, LogCategory, LogLevel } from '../run/debug-log.ts';
import { CappedLines } from './capped-lines.ts';
import { levelsHeader } from './log-levels.ts';
import type { LogLevels } from './log-levels.ts';
import { timeIn } from './time-zone.ts';

/** A log that can be read. */
export interface RecordingLog extends DebugLog {
  readonly levels: LogLevels;
  /** Its body so far, in Salesforce's format. */
  text(): string;
  /** What nothing caught, if there was something: `System.NullPointerException: …`. */
  fatalError(): string | undefined;
}

/** What a log says at its head. */
export interface LogHead {
  /** e.g. `66.0` */
  readonly apiVersion: string;
  /** Of the running user, e.g. `Europe/London`: times are told in it. */
  readonly timeZone: string;
  /** Anonymous Apex is repeated at the head, line by line. */
  readonly anonymousSource?: string | undefined;
}

/** Session tokens never come into a log, here as on the platform. */
const sessionToken = /\b00D[0-9A-Za-z]{9,15}![\w.]+/g;

/** What a program says may hold the sign that separates details: it is written as a character reference. */
function withoutBars(details: readonly string[]): string[] {
  return details.map((detail) => detail.replaceAll('|', '&#124;'));
}

/** Whether an event of a level is written where the category's level is `set`. */
function isLogged(set: LogLevel | undefined, level: LogLevel): boolean {
  return set !== undefined && level !== 'NONE' && logLevels.indexOf(level) <= logLevels.indexOf(set);
}

/**
 * A debug log as `ApexLog` bodies are: a header with the levels, then `HH:mm:ss.S (nanoseconds)|EVENT|details`, where the
 * number counts from the start of the transaction and the fraction of the second is in unpadded milliseconds.
 * @param clock real time; the log does not take part in the replay of a transaction
 * @param maximumBytes of the body: 20 MB (Salesforce Help, "Debug Logs")
 */
export function openDebugLog(
  levels: LogLevels,
  clock: () => Date,
  head: LogHead,
  maximumBytes = 20 * 1024 * 1024,
): RecordingLog {
  const lines = new CappedLines(maximumBytes);
  lines.addHead(levelsHeader(head.apiVersion, levels));
  for (const line of head.anonymousSource?.replace(/\r?\n$/, '').split(/\r?\n/) ?? []) {
    lines.addHead(`Execute Anonymous: ${line.replace(sessionToken, 'SESSION_ID_REMOVED')}`);
  }
  const start = clock().getTime();
  let fatalError: string | undefined;
  const isOn = (category: LogCategory, level: LogLevel): boolean => isLogged(levels[category], level);
  return {
    levels,
    isOn,
    fatalError: () => fatalError,
    add(category, level, event, ...details) {
      if (event === 'FATAL_ERROR') fatalError ??= details[0]?.split('\n\n', 1)[0];
      if (!isOn(category, level)) return;
      const now = clock();
      const nanoseconds = Math.max(0, now.getTime() - start) * 1_000_000;
      const told = event === 'USER_DEBUG' ? withoutBars(details) : details;
      const line = [`${timeIn(head.timeZone, now)} (${nanoseconds})`, event, ...told].join('|');
      lines.add(line.replace(sessionToken, 'SESSION_ID_REMOVED'));
    },
    text: () => lines.text(),
  };
}
