/** One event of a debug log. */
export interface LogLine {
  /** Milliseconds since midnight, in the time zone of the user whose log it is. */
  timeOfDayMs: number;
  /** Nanoseconds since the transaction began. */
  elapsedNs: number;
  /** e.g. `USER_DEBUG`, `FATAL_ERROR`. */
  event: string;
  /** Name of the innermost code unit it belongs to: `OpenCaseTrigger`, `OpenSalesforceCaseManagement.deliverInFuture`. */
  unit: string | undefined;
  /** Line of the source, where the event has one. */
  sourceLine: number | undefined;
  /** Level that `System.debug` was given. */
  level: string | undefined;
  /** What the event says, over as many lines as it takes. */
  text: string;
}

export interface ParsedLog {
  lines: LogLine[];
  /** Salesforce has removed lines: a log has at most 20 MB. */
  isCut: boolean;
}

/** `16:06:58.18 (18043585)|USER_DEBUG|…`: the fraction of the second is in milliseconds that are not padded. */
const lineHead = /^(\d\d):(\d\d):(\d\d)\.(\d+) \((\d+)\)\|([A-Z][A-Z0-9_]*)(?:\|(.*))?$/;
const cutMarks = /^(?:\*\*\* Skipped [\d,]+ bytes of detailed log|\*+ MAXIMUM DEBUG LOG SIZE REACHED \*+)$/i;

/**
 * Reads the body of an `ApexLog`: a header with the levels, then events, some of which go on over the lines that follow
 * (Salesforce Help, "Debug Log Details"). What does not belong to an event, as the header, is left out.
 */
export function parseLog(body: string): ParsedLog {
  const lines: LogLine[] = [];
  const units: string[] = [];
  let isCut = false;
  let open: { head: RegExpExecArray; texts: string[] } | undefined;
  const close = () => {
    if (open !== undefined) lines.push(readEvent(open.head, open.texts, units));
    open = undefined;
  };
  for (const text of body.split(/\r?\n/)) {
    const head = lineHead.exec(text);
    if (head !== null) {
      close();
      open = { head, texts: [head[7] ?? ''] };
    } else if (cutMarks.test(text)) {
      isCut = true;
      close();
    } else open?.texts.push(text);
  }
  close();
  return { lines, isCut };
}

function readEvent(head: RegExpExecArray, texts: readonly string[], units: string[]): LogLine {
  const [, hours, minutes, seconds, milliseconds, elapsedNs, event = ''] = head;
  const [place = '', ...details] = texts.join('\n').trimEnd().split('|');
  const isPlace = /^\[(?:\d+|EXTERNAL)\]$/.test(place);
  const rest = isPlace ? details : [place, ...details];
  if (event === 'CODE_UNIT_STARTED') units.push(unitName(rest));
  const unit = units.at(-1);
  if (event === 'CODE_UNIT_FINISHED') leave(units, unitName(rest));
  if (event === 'EXECUTION_FINISHED') units.length = 0;
  const isDebug = event === 'USER_DEBUG';
  return {
    timeOfDayMs: ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(milliseconds),
    elapsedNs: Number(elapsedNs),
    event,
    unit,
    sourceLine: isPlace && place !== '[EXTERNAL]' ? Number(place.slice(1, -1)) : undefined,
    level: isDebug ? rest[0] : undefined,
    // What a program says may hold the sign that separates details: Salesforce writes it as a character reference.
    text: isDebug ? rest.slice(1).join('|').replaceAll('&#124;', '|') : rest.join('|'),
  };
}

/** Units end in the order of a stack, but where lines were removed, or where Salesforce names a unit differently at its end. */
function leave(units: string[], name: string): void {
  const at = units.lastIndexOf(name);
  units.length = Math.max(0, at === -1 ? units.length - 1 : at);
}

/**
 * Of `01q…|OpenCaseTrigger on Case trigger event AfterInsert|__sfdc_trigger/OpenCaseTrigger`, of
 * `01p…|MyClass.myMethod(String)` and of `[EXTERNAL]execute_anonymous_apex` what people call it.
 */
function unitName(details: readonly string[]): string {
  const name = (details.find((detail) => !/^01[pq]\w{0,15}$/.test(detail)) ?? '').replace(/^\[EXTERNAL\]/, '');
  return /^(\S+) on \S+ trigger event /.exec(name)?.[1] ?? name.replace(/\(.*$/s, '');
}
