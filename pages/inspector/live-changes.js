// What changes, told live over a connection that comes back.

import { eventData, NotLetIn } from './data-api.js';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5000;

/**
 * Listens for as long as the page is there and let in.
 * @param {object} listener
 * @param {(change: { events: readonly string[], all: boolean }) => void} listener.onChange
 * @param {() => void} listener.onOpen whenever connected: what happened before is to be read
 * @param {(since: Date, reason: string) => void} listener.onLost whenever an attempt has failed: since when there is no
 *   connection, and why
 * @throws {NotLetIn}
 */
export async function follow({ onChange, onOpen, onLost }) {
  /** @type {Date | undefined} */
  let lostSince;
  let wait = FIRST_WAIT_MS;
  const connected = () => {
    lostSince = undefined;
    wait = FIRST_WAIT_MS;
    onOpen();
  };
  for (;;) {
    let reason = 'serve was ended';
    try {
      for await (const data of eventData('live', connected)) onChange(JSON.parse(data));
    } catch (error) {
      if (error instanceof NotLetIn) throw error;
      reason = error instanceof Error ? error.message : String(error);
    }
    lostSince ??= new Date();
    onLost(lostSince, reason);
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}
