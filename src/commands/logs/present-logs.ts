import type { Trace } from '../../diagnose/logs/trace-flag.ts';
import { safeText } from '../../terminal/safe-text.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { wrap } from '../../terminal/wrap.ts';
import type { LogCounts, LogEntryJson } from './result-schema.ts';
import { clockTime } from '../streaming/clock-time.ts';

/** Under the text of an entry, so that nothing in it can pass for an entry of its own. */
const indent = ' '.repeat('14:03:22 '.length);

/** Turns entries into text, one line each, with what is known of their errors below; an error is told in full once. */
export function entryPresenter(terminal: Terminal, now: () => number): (entry: LogEntryJson) => string {
  const colour = terminal.outColour;
  const told = new Set<string>();
  return (entry) => {
    const [first = '', ...more] = said(entry).split('\n');
    const shown = entry.event === 'FATAL_ERROR' ? colour.red(first) : first;
    const head = `${colour.dim(clockTime(Date.parse(entry.time), now()))} ${colour.cyan(entry.unit)}  ${shown}`;
    const explained = entry.errors.map(({ code, meaning, mend, setupUrl }) => {
      const parts = told.has(code) ? [meaning] : [meaning, mend, ...(setupUrl === undefined ? [] : [setupUrl])];
      told.add(code);
      return wrap(`${indent}${colour.yellow('→')} ${code}: ${parts.join(' ')}`, terminal.outColumns, `${indent}  `);
    });
    return [head.trimEnd(), ...more.map((line) => `${indent}${line}`.trimEnd()), ...explained].join('\n');
  };
}

/** What an entry says; what `System.debug` wrote may begin with the name that stands before it already. */
function said({ unit, event, line, text }: LogEntryJson): string {
  if (event === 'USER_DEBUG') return text.startsWith(`${unit} `) ? text.slice(unit.length + 1) : text;
  return [event, ...(line === undefined ? [] : [`[${line}]`]), text].join(' ').trimEnd();
}

/** Which logs there were, and whether the Apex of OpenCX ran at all: a trigger that is switched off writes no errors either. */
export function countsText({ read, withOurApex, ourUnits }: LogCounts, username: string): string {
  const logs = `${read} ${read === 1 ? 'log' : 'logs'} of ${safeText(username)}`;
  if (read === 0) return `${logs}.`;
  if (withOurApex === 0) return `${logs}; the Apex of OpenCX ran in none of them.`;
  return `${logs}; the Apex of OpenCX ran in ${withOurApex}${ourUnits.length === 0 ? '' : `: ${ourUnits.join(', ')}`}.`;
}

/** What the person watching is told of the flag. */
export function traceNote({ flag, origin }: Trace, username: string, now: number): string {
  const named = `trace flag ${flag.id}, debug level ${safeText(flag.debugLevel)}`;
  const until = `until ${clockTime(flag.expires, now)}`;
  switch (origin) {
    case 'made':
      return `${safeText(username)} is traced ${until}: ${named}, was set.`;
    case 'extended':
      return `${safeText(username)} is traced ${until}: ${named}, was there and lives longer now.`;
    case 'found':
      return `${safeText(username)} is traced ${until}: ${named}, was there and is used as it is.`;
  }
}

/** A flag that logs nothing of Apex: whoever set it has to say more. */
export function levelWarnings(trace: Trace | undefined): string[] {
  if (trace === undefined || trace.flag.apexCode !== 'NONE') return [];
  const { id, debugLevel } = trace.flag;
  return [
    `Debug level ${safeText(debugLevel)} of trace flag ${id} logs no Apex (Apex Code is NONE), so nothing can be seen here: raise it, or delete the flag, in Setup → Debug Logs.`,
  ];
}
