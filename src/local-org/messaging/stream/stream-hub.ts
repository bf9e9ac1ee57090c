import type { OrgState } from '../../state/org-state.ts';
import type { ConversationEntry } from '../conversations/entry.ts';
import type { StoredConversation } from '../conversations/stored-conversation.ts';
import { messagingSwitches } from '../switches/messaging-switches.ts';
import { eventText } from './event-text.ts';
import type { OpenStream } from './open-stream.ts';

/** How long a stream that disorders events holds one back for the next, in milliseconds. */
const HOLD_MS = 100;

/** Hears what happens in all conversations: for who plays the representative. */
export type Listener = (conversation: StoredConversation, entry: ConversationEntry) => void;

interface Hub {
  readonly streams: Set<OpenStream>;
  readonly listeners: Set<Listener>;
  /** What the next stream is cut after, in bytes. */
  cutNextAfter: number | undefined;
}

const hubs = new WeakMap<OrgState, Hub>();

export function hubOf(org: OrgState): Hub {
  const known = hubs.get(org);
  if (known !== undefined) return known;
  const hub: Hub = { streams: new Set(), listeners: new Set(), cutNextAfter: undefined };
  hubs.set(org, hub);
  return hub;
}

/** Sends an entry to all open streams of the customer: one carries all their conversations. */
export function tellStreams(org: OrgState, conversation: StoredConversation, entry: ConversationEntry): void {
  const { streams, listeners } = hubOf(org);
  for (const listener of listeners) listener(conversation, entry);
  const { streamDuplicates, streamReorder } = messagingSwitches(org);
  const mine = [...streams].filter(({ subject }) => subject === conversation.subject);
  if (mine.length === 0) return;
  const text = eventText(conversation, entry);
  for (const stream of mine) {
    for (const _copy of streamDuplicates ? [1, 2] : [1]) {
      if (streamReorder) stream.sendDisordered(text, HOLD_MS);
      else stream.send(text);
    }
  }
}

/**
 * Cuts streams as a network does.
 * @param afterBytes absent: at once, those that are open; a number: open ones after that many more bytes, and where none
 * is open the next one
 * @returns how many were open
 */
export function cutStreams(org: OrgState, afterBytes?: number): number {
  const hub = hubOf(org);
  const open = [...hub.streams];
  for (const stream of open) stream.cutAfter(afterBytes ?? 0);
  if (open.length === 0) hub.cutNextAfter = afterBytes;
  return open.length;
}
