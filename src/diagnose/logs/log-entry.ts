import { maskedUrl } from '../../provision/webhook/webhook-credential.ts';
import type { KnownError } from './errors/known-error.ts';
import { explainErrors } from './known-errors.ts';
import type { LogLine } from './parse-log.ts';

/** One event of a log, as it is shown. */
export interface LogEntry {
  /** Milliseconds since 1970. */
  time: number;
  /** `07L…` */
  logId: string;
  /** The code unit it belongs to; the operation of the log (`future`) where the log names none. */
  unit: string;
  event: string;
  line: number | undefined;
  level: string | undefined;
  text: string;
  /** What it names that is known; only of events that tell of errors. */
  errors: readonly KnownError[];
}

/** A row of `ApexLog`. */
export interface LogRow {
  id: string;
  /** Milliseconds since 1970, of a whole second. */
  startTime: number;
  operation: string;
}

const errorEvents = new Set(['USER_DEBUG', 'EXCEPTION_THROWN', 'FATAL_ERROR']);

export function logEntry(row: LogRow, line: LogLine): LogEntry {
  const text = withoutPaths(line.text);
  return {
    time: instantOf(row.startTime, line),
    logId: row.id,
    unit: line.unit ?? row.operation,
    event: line.event,
    line: line.sourceLine,
    level: line.level,
    text,
    errors: errorEvents.has(line.event) ? explainErrors(text) : [],
  };
}

const quarterMs = 15 * 60_000;

/**
 * When a line was written. A log tells the time of day in the time zone of its user, which it does not name reliably; its row
 * tells in UTC when it began. Zones are whole quarters of an hour apart, so the one corrects the other.
 */
function instantOf(startTime: number, { timeOfDayMs, elapsedNs }: LogLine): number {
  const near = startTime + elapsedNs / 1e6;
  const off = (((timeOfDayMs - near) % quarterMs) + quarterMs) % quarterMs;
  return Math.round(near + (off > quarterMs / 2 ? off - quarterMs : off));
}

/** The webhook URL is a secret, and Salesforce writes whole URLs into messages of failed callouts and `NAMED_CREDENTIAL_REQUEST`. */
function withoutPaths(text: string): string {
  return text.replaceAll(/https?:\/\/[^\s,\]"'<>]+/gi, (url) =>
    /^\w+:\/\/[\w.:-]+$/.test(url) ? url : maskedUrl(url),
  );
}
