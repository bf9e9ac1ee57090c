import { connectionTestEvent } from '../../blueprint/connection-test.ts';
import type { WebhookContract } from '../../blueprint/webhook-contract.ts';
import type { ServeEvent } from '../../handoff/serve-event.ts';
import type { Colour } from '../../terminal/colour-level.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { safeText } from '../../terminal/safe-text.ts';
import { clockTime } from '../clock-time.ts';

/** A line for the person watching. */
export interface EventLine {
  /** `loud`: it is shown whatever is filtered, on stderr. */
  readonly kind: 'event' | 'loud';
  readonly text: string;
}

interface LineFacts {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly arrow: string;
  readonly name: string;
  readonly caseId: string;
  readonly status: string;
  readonly ms: string;
  readonly rest: string;
}

/**
 * What an event looks like: direction, time, event, Case, status, milliseconds, and what there is to say about it. A success is told
 * by its attempt, so that `delivered` has no line.
 */
export function eventLine(
  event: ServeEvent,
  contract: WebhookContract,
  { outColour: colour, errColour }: Pick<Terminal, 'outColour' | 'errColour'>,
): EventLine | undefined {
  const wire = (name: string) => Object.entries(contract.events).find(([known]) => known === name)?.[1] ?? name;
  switch (event.type) {
    case 'accepted': {
      const rest = event.targets.length === 0 ? `${event.eventId} · recorded only` : event.eventId;
      return line(colour, { ...incoming(event, wire), status: colour.green('202'), ms: span(event.tookMs), rest });
    }
    case 'duplicate': {
      const rest = `${event.eventId} · came again (${event.times}×), not carried on twice`;
      return line(colour, { ...incoming(event, wire), status: colour.yellow('202'), ms: '', rest });
    }
    case 'connection-test': {
      const status = colour.green('200');
      const facts = { at: event.at, arrow: '←', name: connectionTestEvent, caseId: '', status, ms: '' };
      return line(colour, { ...facts, rest: 'asked whether anybody is there' });
    }
    case 'rejected': {
      const status = colour.red(String(event.status));
      return line(colour, { at: event.at, arrow: '←', name: '–', caseId: '', status, ms: '', rest: event.reason });
    }
    case 'attempt':
      return line(colour, { ...outgoing(event, wire), ...attemptFacts(event, colour) });
    case 'dead': {
      const rest = `dead: ${event.reason}; again by: opencx-sf events replay ${event.eventId}`;
      return line(colour, { ...outgoing(event, wire), status: colour.red('✗'), ms: '', rest });
    }
    case 'delivered':
      return undefined;
    case 'far-side-down':
      return loud(
        errColour.red,
        `FAR SIDE DOWN since ${timeOfDay(event.since)}: ${event.target}: ${event.reason}; events wait`,
      );
    case 'far-side-up':
      return loud(errColour.green, `Far side up again after ${ago(event)}: ${event.target}`);
    case 'store-failing':
      return loud(
        errColour.red,
        `STORE FAILING since ${timeOfDay(event.since)}: ${event.reason}; webhooks are answered 503`,
      );
    case 'store-working':
      return loud(errColour.green, `The store works again after ${ago(event)}`);
    case 'pruned':
      return loud(errColour.dim, `${event.events} old events and ${event.rejections} rejected calls were forgotten`);
  }
}

type Wire = (name: string) => string;

function incoming({ at, name, orderKey }: Extract<ServeEvent, { type: 'accepted' | 'duplicate' }>, wire: Wire) {
  return { at, arrow: '←', name: wire(name), caseId: orderKey };
}

function outgoing({ at, name, orderKey }: Extract<ServeEvent, { attempt: number }>, wire: Wire) {
  return { at, arrow: '→', name: wire(name), caseId: orderKey };
}

function attemptFacts(event: Extract<ServeEvent, { type: 'attempt' }>, colour: Colour) {
  const good = event.status !== undefined && event.status >= 200 && event.status < 300;
  const status =
    event.status === undefined ? colour.red('✗') : (good ? colour.green : colour.red)(String(event.status));
  const parts = [
    event.target,
    ...(event.replayOf === undefined ? [] : [`replay of ${event.replayOf}`]),
    ...(event.attempt === 1 && good ? [] : [event.counted ? `attempt ${event.attempt}` : 'far side down, not counted']),
    ...(event.failure === undefined ? [] : [event.failure]),
    ...(event.nextAttemptAt === undefined ? [] : [`again in ${span(event.nextAttemptAt - event.at)}`]),
  ];
  return { status, ms: span(event.tookMs), rest: parts.join(' · ') };
}

/** Longest default name of an event, and a Case id, so that columns stand below each other. */
const widths = { name: 'case_email_agent_reply'.length, caseId: 18, ms: 6 };

function line(colour: Colour, { at, arrow, name, caseId, status, ms, rest }: LineFacts): EventLine {
  const cells = [
    colour.dim(timeOfDay(at)),
    arrow,
    oneLine(name).padEnd(widths.name),
    oneLine(caseId).padEnd(widths.caseId),
    status,
    ms.padStart(widths.ms),
    colour.dim(oneLine(rest)),
  ];
  return { kind: 'event', text: cells.join('  ').trimEnd() };
}

function loud(paint: (text: string) => string, text: string): EventLine {
  return { kind: 'loud', text: paint(oneLine(text)) };
}

function oneLine(text: string): string {
  return safeText(text).replaceAll(/\s+/g, ' ');
}

function timeOfDay(time: number): string {
  return clockTime(time, time);
}

function ago({ since, at }: { since: number; at: number }): string {
  return span(at - since);
}

/** A span in the unit that people would use. */
function span(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}
