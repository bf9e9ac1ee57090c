// What happens in all conversations, live, over a connection that comes back.

import { eventData } from './org-api.js';

/** @import { Entry } from './types.d.ts' */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5000;

/**
 * Listens for as long as the page is there.
 * @param {object} listener
 * @param {(conversationId: string, entry: Entry) => void} listener.onEntry
 * @param {() => void} listener.onOpen whenever connected: what happened before is to be read
 * @param {(since: Date, reason: string) => void} listener.onLost whenever an attempt has failed: since when there is no
 *   connection, and why
 */
export async function follow({ onEntry, onOpen, onLost }) {
  /** @type {Date | undefined} */
  let lostSince;
  let wait = FIRST_WAIT_MS;
  const connected = () => {
    lostSince = undefined;
    wait = FIRST_WAIT_MS;
    onOpen();
  };
  for (;;) {
    let reason = 'the local org ended it';
    try {
      for await (const data of eventData('events', connected)) {
        const { conversationId, entry } = JSON.parse(data);
        onEntry(conversationId, entry);
      }
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
    lostSince ??= new Date();
    onLost(lostSince, reason);
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}
