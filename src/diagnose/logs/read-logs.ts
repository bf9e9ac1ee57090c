import { quoted } from '../../provision/org/soql-literal.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { Org } from '../../salesforce/org.ts';
import { isGone } from './is-gone.ts';
import { logEntry, type LogEntry, type LogRow } from './log-entry.ts';
import { isOurLine, isOurUnit } from './our-lines.ts';
import { parseLog } from './parse-log.ts';

/** What is wanted of the logs. */
export interface LogWish {
  userId: string;
  /** Lower-case names of our Apex; see `ourApex`. */
  names: ReadonlySet<string>;
  /** Every line, not only ours. */
  all: boolean;
  /** What a line must match, by its code unit and text. */
  pattern?: RegExp;
}

/** What one log held of what was wanted. */
export interface ReadLog {
  /** `07L…` */
  id: string;
  entries: readonly LogEntry[];
  /** Whether our Apex ran in it, even if it had nothing to say. */
  hasOurApex: boolean;
  /** Names of our code units that ran in it: our triggers, methods of our class that were started as jobs. */
  ourUnits: readonly string[];
  /** Salesforce has removed lines of it. */
  isCut: boolean;
}

/** Logs that one look reads; the newest count. */
export const logsPerLook = 200;
/** Bodies fetched at the same time: each may have 20 MB. */
const atOnce = 4;

/**
 * The logs of a user that began at a moment or later, oldest first.
 * @param since milliseconds since 1970
 */
export async function listLogs(org: Org, userId: string, since: number): Promise<LogRow[]> {
  // StartTime has whole seconds.
  const from = `${new Date(since).toISOString().slice(0, 19)}Z`;
  const rows = await org.toolingQuery<{ Id: string; StartTime: string; Operation: string }>(
    `SELECT Id, StartTime, Operation FROM ApexLog WHERE LogUserId = ${quoted([userId])} AND StartTime >= ${from} ORDER BY StartTime DESC, Id DESC LIMIT ${logsPerLook}`,
    'listing debug logs',
  );
  return rows.map((row) => ({ id: row.Id, startTime: Date.parse(row.StartTime), operation: row.Operation })).reverse();
}

/**
 * Reads logs, in the order in which they are given.
 * @throws OpencxError as the requests do, INTERRUPTED; a log that was deleted meanwhile is passed over
 */
export async function* readLogs(
  org: Org,
  rows: readonly LogRow[],
  wish: LogWish,
  signal: AbortSignal,
): AsyncGenerator<ReadLog> {
  for (let start = 0; start < rows.length; start += atOnce) {
    if (signal.aborted) throw new OpencxError('INTERRUPTED', { message: 'Interrupted while reading debug logs.' });
    const group = rows.slice(start, start + atOnce);
    const bodies = await Promise.all(group.map(({ id }) => bodyOf(org, id)));
    for (const [index, row] of group.entries()) {
      const body = bodies[index];
      if (body !== undefined) yield readLog(row, body, wish);
    }
  }
}

async function bodyOf(org: Org, id: string): Promise<string | undefined> {
  try {
    return await org.text(`/tooling/sobjects/ApexLog/${id}/Body`, `reading the debug log ${id}`);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function readLog(row: LogRow, body: string, { names, all, pattern }: LogWish): ReadLog {
  const { lines, isCut } = parseLog(body);
  // Salesforce tells of an exception that nothing caught where it was thrown, and once more at the end.
  const fatal = new Set<string>();
  const isRepeated = (text: string): boolean => fatal.has(text) || !fatal.add(text);
  const wanted = all
    ? lines
    : lines.filter((line) => isOurLine(line, names) && !(line.event === 'FATAL_ERROR' && isRepeated(line.text)));
  const entries = wanted
    .map((line) => logEntry(row, line))
    .filter((entry) => pattern === undefined || pattern.test(`${entry.unit} ${entry.event} ${entry.text}`));
  const ourUnits = [...new Set(lines.flatMap(({ unit }) => unit ?? []))].filter((unit) => isOurUnit(unit, names));
  const hasOurApex = ourUnits.length > 0 || lines.some((line) => isOurLine(line, names));
  return { id: row.id, entries, hasOurApex, ourUnits, isCut };
}
