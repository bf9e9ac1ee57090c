import type { EventSummaryJson, RejectionJson } from '../../handoff/export/event-schema.ts';
import type { Colour } from '../../terminal/colour-level.ts';
import { safeLine } from '../../terminal/safe-text.ts';
import { table } from '../../terminal/table.ts';
import { wrap } from '../../terminal/wrap.ts';
import type { CommandContext } from '../command-context.ts';
import { clockTime } from '../streaming/clock-time.ts';
import { shortSession } from '../streaming/short-session.ts';

/** Which way an event went, as the lines of `serve` have it: it came in, or was told of a session. */
const arrows = { 'from-salesforce': '←', 'from-opencx': '←', told: '·' } as const;

/** A line an event: id, time, direction, name, Case or session, what became of it, subject or text. */
export function eventTable({ terminal, clock }: CommandContext, events: readonly EventSummaryJson[]): string {
  const colour = terminal.outColour;
  const now = clock.now();
  const rows = events.map((event) => [
    event.id,
    clockTime(Date.parse(event.receivedAt), now),
    `${arrows[event.direction]} ${safeLine(event.event)}`,
    safeLine(event.sessionId === undefined ? (event.caseNumber ?? event.caseId ?? '') : shortSession(event.sessionId)),
    stateText(event, colour),
    safeLine(event.caseSubject ?? event.about ?? ''),
  ]);
  const text = table([
    heading(colour, ['id', 'received', '  event', 'case or session', 'state', 'subject or text']),
    ...rows,
  ]);
  return wrap(text, terminal.outColumns, '    ');
}

export function rejectionTable({ terminal, clock }: CommandContext, rejections: readonly RejectionJson[]): string {
  const colour = terminal.outColour;
  const now = clock.now();
  const rows = rejections.map(({ receivedAt, status, reason }) => [
    clockTime(Date.parse(receivedAt), now),
    colour.red(String(status)),
    safeLine(reason),
  ]);
  return wrap(table([heading(colour, ['received', 'status', 'reason']), ...rows]), terminal.outColumns, '    ');
}

/** The colour a state is told in, everywhere the same. */
export function stateColour(state: EventSummaryJson['state'], colour: Colour): (text: string) => string {
  if (state === 'dead') return colour.red;
  if (state === 'delivered') return colour.green;
  return state === 'recorded' || state === 'replaced' ? colour.dim : colour.yellow;
}

function stateText({ state, deliveries, duplicates, replayOf }: EventSummaryJson, colour: Colour): string {
  const attempts = Math.max(0, ...deliveries.map((delivery) => delivery.attempts));
  const notes = [
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...(duplicates > 0 ? [`came again ${duplicates}×`] : []),
    ...(replayOf === undefined ? [] : ['replay']),
  ];
  return `${stateColour(state, colour)(state)}${notes.length === 0 ? '' : colour.dim(` (${notes.join(', ')})`)}`;
}

function heading(colour: Colour, cells: readonly string[]): string[] {
  return cells.map((cell) => colour.dim(cell));
}
