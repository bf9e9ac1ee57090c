// What happens, told live over a connection that comes back.

import { eventData } from './event-data.js';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5000;

/**
 * Listens for as long as the page is there.
 * @param {() => Promise<Response>} connect asks for the stream of events
 * @param {object} listener
 * @param {(event: any) => void} listener.onEvent the data of an event, read as JSON
 * @param {() => void} listener.onOpen whenever connected: what happened before is to be read
 * @param {(since: Date, error: Error) => void} listener.onLost whenever an attempt has failed: since when there is no connection,
 *   and why. What it throws ends the listening.
 */
export async function follow(connect, { onEvent, onOpen, onLost }) {
  /** @type {Date | undefined} */
  let lostSince;
  let wait = FIRST_WAIT_MS;
  for (;;) {
    let reason = new Error('the other side has ended it');
    try {
      const response = await connect();
      lostSince = undefined;
      wait = FIRST_WAIT_MS;
      onOpen();
      for await (const data of eventData(response)) onEvent(JSON.parse(data));
    } catch (error) {
      reason = error instanceof Error ? error : new Error(String(error));
    }
    lostSince ??= new Date();
    onLost(lostSince, reason);
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}
