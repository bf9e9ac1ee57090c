import { connectionTestEvent } from '../../../blueprint/connection-test.ts';
import type { WebhookContract } from '../../../blueprint/webhook-contract.ts';
import { isOwnPlace } from '../../../handoff/export/own-place.ts';
import type { ServeEvent } from '../../../handoff/serve-event.ts';
import { sessionIdOf } from '../../../handoff/session/session.ts';
import type { Colour } from '../../../terminal/colour-level.ts';
import type { Terminal } from '../../../terminal/terminal.ts';
import { safeLine } from '../../../terminal/safe-text.ts';
import { clockTime } from '../../streaming/clock-time.ts';
import { shortSession } from '../../streaming/short-session.ts';

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
  /** A Case, or the beginning of a session's id. */
  readonly about: string;
  readonly status: string;
  readonly ms: string;
  readonly rest: string;
}

/**
 * What an event looks like: direction, time, event, Case, status, milliseconds, and what there is to say about it. A success is told
 * by its attempt, so that `delivered` has no line; nor has what was worked in here without trouble.
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
    case 'handoff-accepted':
    case 'message-accepted': {
      const { at, sessionId, eventId, channel, tookMs, duplicate } = event;
      const name = event.type === 'handoff-accepted' ? 'handoff' : 'message';
      const rest = `${eventId} · ${channel}${duplicate ? ' · came again, not carried on twice' : ''}`;
      const status = (duplicate ? colour.yellow : colour.green)('202');
      return line(colour, { at, arrow: '←', name, about: shortSession(sessionId), status, ms: span(tookMs), rest });
    }
    case 'told': {
      const { at, sessionId, eventId, name, channel, state } = event;
      const status = colour.cyan('●');
      const rest = `${eventId} · ${channel} · session is ${state}`;
      return line(colour, { at, arrow: '·', name, about: shortSession(sessionId), status, ms: '', rest });
    }
    case 'connection-test': {
      const status = colour.green('200');
      const facts = { at: event.at, arrow: '←', name: connectionTestEvent, about: '', status, ms: '' };
      return line(colour, { ...facts, rest: 'asked whether anybody is there' });
    }
    case 'rejected': {
      const status = colour.red(String(event.status));
      return line(colour, { at: event.at, arrow: '←', name: '–', about: '', status, ms: '', rest: event.reason });
    }
    case 'attempt':
      if (isOwnPlace(event.target) && isGood(event)) return undefined;
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
    case 'stream-lost':
      return loud(
        errColour.yellow,
        `Not followed since ${timeOfDay(event.at)}: ${shortSession(event.sessionId)}: ${event.reason}`,
      );
    case 'stream-resumed': {
      const since = span(event.at - event.since);
      return loud(
        errColour.green,
        `Followed again after ${since}: ${shortSession(event.sessionId)}; nothing was missed`,
      );
    }
    case 'messaging-lost':
      return loud(
        errColour.red,
        `LIVE MESSAGING LOST since ${timeOfDay(event.since)}: ${event.conversations} conversations are not followed: ${event.reason}`,
      );
    case 'messaging-resumed':
      return loud(errColour.green, `Live Messaging is back after ${ago(event)}`);
    case 'routing-failed':
      return loud(errColour.yellow, `Nobody is asked for ${shortSession(event.sessionId)}: ${event.reason}`);
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
  return { at, arrow: '←', name: wire(name), about: aboutOf(orderKey) };
}

function outgoing({ at, name, orderKey }: Extract<ServeEvent, { attempt: number }>, wire: Wire) {
  return { at, arrow: '→', name: wire(name), about: aboutOf(orderKey) };
}

function attemptFacts(event: Extract<ServeEvent, { type: 'attempt' }>, colour: Colour) {
  const good = isGood(event);
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

function isGood({ status }: Extract<ServeEvent, { type: 'attempt' }>): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

/** Longest default name of an event, and a Case id, so that columns stand below each other. */
const widths = { name: 'session.handoff_completed'.length, about: 18, ms: 6 };

function line(colour: Colour, { at, arrow, name, about, status, ms, rest }: LineFacts): EventLine {
  const cells = [
    colour.dim(timeOfDay(at)),
    arrow,
    safeLine(name).padEnd(widths.name),
    safeLine(about).padEnd(widths.about),
    status,
    ms.padStart(widths.ms),
    colour.dim(safeLine(rest)),
  ];
  return { kind: 'event', text: cells.join('  ').trimEnd() };
}

/** What an event belongs to: its Case, or its session. */
function aboutOf(orderKey: string): string {
  const sessionId = sessionIdOf(orderKey);
  return sessionId === undefined ? orderKey : shortSession(sessionId);
}

function loud(paint: (text: string) => string, text: string): EventLine {
  return { kind: 'loud', text: paint(safeLine(text)) };
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
