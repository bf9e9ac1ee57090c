import type { Context } from 'hono';

import { oneHeader } from '../http/answer.ts';
import { headersOf } from '../http/webhook-intake.ts';
import type { ApiEnv, ApiPorts } from './api-ports.ts';
import { eventStream } from './event-stream.ts';
import { ApiProblem } from './problem.ts';
import { readQuery } from './read-input.ts';
import { eventsQuery } from './schema/queries.ts';
import type { ToldPage } from './schema/told-event.ts';
import { readStore } from './take-input.ts';
import { readTold } from './told-events.ts';

/** Event streams that are open at a time. */
const mostFollowers = 64;

/**
 * Events of one session, or of all: a stream, or a page of JSON for who asks for that alone.
 * @returns the route; `orderKey` is that of the session
 */
export function eventRoute(ports: ApiPorts): (c: Context<ApiEnv>, orderKey: string | undefined) => Promise<Response> {
  let followers = 0;
  return async (c, orderKey) => {
    const { limit, after = 0 } = readQuery(c.req.query(), eventsQuery);
    const wish = { orderKey, after: lastEventId(c) ?? after };
    if (isPageWanted(c)) {
      const page = await readStore(ports, (store) => readTold(store, { ...wish, limit }));
      return c.json(page satisfies ToldPage);
    }
    const { outgoing } = c.env;
    // Gone while its session was looked for: it would keep a place, as its end is not told a second time.
    if (outgoing.closed) return c.body(null, 204);
    if (followers >= mostFollowers) {
      throw new ApiProblem('too-many-followers', `No more than ${mostFollowers} event streams are open at a time.`, {
        headers: { 'retry-after': '10' },
      });
    }
    followers += 1;
    outgoing.once('close', () => (followers -= 1));
    return eventStream(ports, wish, outgoing);
  };
}

function isPageWanted(c: Context<ApiEnv>): boolean {
  const accepted = c.req.header('accept') ?? '';
  return /\bapplication\/json\b/i.test(accepted) && !/\btext\/event-stream\b/i.test(accepted);
}

/** Where a stream that broke off is taken up again: the id of the last event that arrived. */
function lastEventId(c: Context<ApiEnv>): number | undefined {
  const headers = headersOf(c.env.incoming);
  if (!headers.some(([name]) => name.toLowerCase() === 'last-event-id')) return undefined;
  const written = oneHeader(headers, 'last-event-id') ?? '';
  if (/^\d{1,15}$/.test(written)) return Number(written);
  throw new ApiProblem('invalid-request', 'Last-Event-ID must be the id of an event: a whole number.');
}
