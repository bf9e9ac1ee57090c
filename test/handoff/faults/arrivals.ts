import { z } from 'zod';

import type { ReceivedCall } from '../far-side.ts';
import { numberOf, type Acknowledged } from './case-load.ts';

export interface Arrivals {
  /** Calls of an event that had arrived before. */
  readonly repeated: number;
  /** In words; empty if all is as promised. */
  readonly problems: readonly string[];
}

/** One call, by its place in its line: 1 comes first. */
interface Arrival {
  readonly line: string;
  readonly number: number;
  readonly eventId: string;
}

type AllAcknowledged = ReadonlyMap<string, Acknowledged>;

/** Webhooks that were forwarded, against what was acknowledged: byte for byte and under the id that was answered, by Case. */
export function webhookArrivals(calls: readonly ReceivedCall[], acknowledged: AllAcknowledged): Arrivals {
  const problems: string[] = [];
  const arrivals: Arrival[] = [];
  for (const call of calls) {
    const body = call.body.toString();
    const { delivery_id: deliveryId } = z.object({ delivery_id: z.string() }).parse(JSON.parse(body));
    const posted = acknowledged.get(deliveryId);
    if (posted === undefined) {
      problems.push(`${deliveryId} arrived and was never acknowledged`);
      continue;
    }
    const { caseId: line, number, eventId } = posted;
    if (body !== posted.body) problems.push(`${deliveryId} is not as it was posted`);
    if (eventIdOf(call) !== eventId) problems.push(`${deliveryId} is ${eventId} and arrived as ${eventIdOf(call)}`);
    arrivals.push({ line, number, eventId });
  }
  const lined = linedUp(arrivals, eventsByCase(acknowledged));
  return { ...lined, problems: [...problems, ...lined.problems] };
}

const toldSchema = z.object({
  event: z.enum(['session.started', 'message.contact']),
  sessionId: z.uuid(),
  caseId: z.string(),
  message: z.object({ id: z.string() }).optional(),
});

/** What the callback was told, against what was acknowledged: of each Case one session began, then came each mail. */
export function toldArrivals(calls: readonly ReceivedCall[], acknowledged: AllAcknowledged): Arrivals {
  const problems: string[] = [];
  const sessions = new Map<string, string>();
  const arrivals = calls.map((call): Arrival => {
    const { sessionId, caseId, message } = toldSchema.parse(JSON.parse(call.body.toString()));
    const known = sessions.get(caseId) ?? sessionId;
    if (known !== sessionId) problems.push(`${caseId} has the sessions ${known} and ${sessionId}`);
    sessions.set(caseId, known);
    return { line: caseId, number: message === undefined ? 1 : numberOf(message.id) + 1, eventId: eventIdOf(call) };
  });
  const expected = new Map([...eventsByCase(acknowledged)].map(([caseId, count]) => [caseId, count + 1]));
  const lined = linedUp(arrivals, expected);
  return { ...lined, problems: [...problems, ...lined.problems] };
}

function eventIdOf({ headers }: ReceivedCall): string {
  return String(headers['opencx-sf-event-id']);
}

function eventsByCase(acknowledged: AllAcknowledged): Map<string, number> {
  const events = new Map<string, number>();
  for (const { caseId } of acknowledged.values()) events.set(caseId, (events.get(caseId) ?? 0) + 1);
  return events;
}

/**
 * Each place of a line under one id, so that a far side that de-duplicates sees it once, and in order. It may come again, but not
 * after a later one of its line.
 * @param expected how many each line has
 */
function linedUp(arrivals: readonly Arrival[], expected: ReadonlyMap<string, number>): Arrivals {
  const problems: string[] = [];
  const lastOfLine = new Map<string, Arrival>();
  let repeated = 0;
  for (const arrival of arrivals) {
    const { line, number, eventId } = arrival;
    const last = lastOfLine.get(line);
    if (number === last?.number && eventId === last.eventId) repeated += 1;
    else if (number !== (last?.number ?? 0) + 1) {
      problems.push(
        `number ${number} of ${line} arrived as ${eventId} after number ${last?.number} as ${last?.eventId}`,
      );
    }
    lastOfLine.set(line, arrival);
  }
  for (const [line, count] of expected) {
    const last = lastOfLine.get(line)?.number ?? 0;
    if (last !== count) problems.push(`of ${line} there are ${count}, and the last that arrived is number ${last}`);
  }
  return { repeated, problems };
}
