import type {
  ConversationEvent,
  MessageEvent,
  TranscriptEntry,
} from '../../messaging/conversation/conversation-event.ts';
import type { Happening } from '../session/happening.ts';
import { changeBy } from '../session/session-change.ts';
import type { ToldMessage } from '../session/session-event.ts';
import type { Session } from '../session/session.ts';
import type { SessionChange } from '../store/session-book.ts';

/** Roles of people; what bots and systems say is no representative's, and pauses no AI. */
const representatives = new Set(['Agent', 'Supervisor']);

/** Whether an event stands on an entry that stays, so that it is worked in once, whoever reads it. */
export function isLasting(event: ConversationEvent): event is TranscriptEntry {
  return lasting.has(event.type);
}

const lasting = new Set<ConversationEvent['type']>([
  'message',
  'participant-joined',
  'participant-left',
  'routing-result',
  'transfer',
  'session-status',
  'session-ended',
]);

/**
 * The change that an entry makes of its session, whoever reads it and however often; undefined for what means nothing.
 * @param entryId where one entry tells of several things
 */
export function changeByEntry(
  sessionId: string,
  entry: TranscriptEntry,
  callbackUrl: URL | undefined,
  entryId: string,
): SessionChange | undefined {
  const happening = happeningOf(entry);
  const { at } = entry;
  return happening === undefined
    ? undefined
    : changeBy(sessionId, happening, { at, entry: { id: entryId, at }, callbackUrl });
}

/**
 * The changes that entries make of their session, for one who has read all of them while he wrote: nobody may follow the conversation
 * at that time, or its follower may not have come so far. Of a session that Salesforce does not have yet nothing is changed: it is
 * followed once its handoff is there.
 * @param entries in the order of the conversation
 */
export function changesByEntries(
  sessionId: string,
  entries: readonly TranscriptEntry[],
  callbackUrl: URL | undefined,
): SessionChange[] {
  const idOf = entryNumbers();
  return entries.flatMap((entry) => {
    const change = changeByEntry(sessionId, entry, callbackUrl, idOf(entry));
    if (change === undefined) return [];
    const decide: SessionChange['decide'] = (before, eventId) =>
      before === undefined || !isThere(before) || isOwnAsBefore(entry, before)
        ? { events: [] }
        : change.decide(before, eventId);
    return [{ sessionId, decide }];
  });
}

function isThere({ state }: Session): boolean {
  return state !== 'handing-off' && state !== 'failed';
}

/** Own messages are many, and of those that stay in the known messaging session nothing is to be written. */
export function isOwnAsBefore(
  entry: TranscriptEntry,
  { messagingSessionId }: Pick<Session, 'messagingSessionId'>,
): boolean {
  return entry.type === 'message' && entry.own && entry.messagingSessionId === messagingSessionId;
}

/** One entry may tell of several participants: each is worked in by an id of its own. */
export function entryNumbers(): (entry: TranscriptEntry) => string {
  let last: string | undefined;
  let count = 0;
  return ({ entryId }) => {
    count = entryId === last ? count + 1 : 0;
    last = entryId;
    return count === 0 ? entryId : `${entryId}#${count}`;
  };
}

/** Whether a representative is at it since the last end, whether the store knows that yet or not. */
export function isTakenIn(entries: readonly TranscriptEntry[]): boolean {
  const end = entries.findLastIndex(({ type }) => type === 'session-ended');
  const current = entries.findLast(({ messagingSessionId }) => messagingSessionId !== undefined)?.messagingSessionId;
  return entries
    .slice(end + 1)
    .filter(({ messagingSessionId = current }) => messagingSessionId === current)
    .some(isOfRepresentative);
}

function isOfRepresentative(entry: TranscriptEntry): boolean {
  if (entry.type === 'message') return representatives.has(entry.from.role);
  return entry.type === 'participant-joined' && representatives.has(entry.participant.role);
}

function happeningOf(entry: TranscriptEntry): Happening | undefined {
  const { messagingSessionId } = entry;
  switch (entry.type) {
    case 'message':
      if (representatives.has(entry.from.role))
        return { type: 'agent-wrote', message: toldOf(entry), messagingSessionId };
      // What was sent from here is told by whoever sent it; that it went into another messaging session is not.
      return entry.own && messagingSessionId !== undefined
        ? { type: 'messaging-restarted', messagingSessionId }
        : undefined;
    case 'participant-joined':
    case 'participant-left': {
      if (!representatives.has(entry.participant.role)) return undefined;
      const { name } = entry.participant;
      const type = entry.type === 'participant-joined' ? 'agent-joined' : 'agent-left';
      return { type, agent: { name }, messagingSessionId };
    }
    case 'session-ended': {
      const reason = entry.byRole === undefined ? undefined : `the messaging session was ended by ${entry.byRole}`;
      return { type: 'messaging-ended', reason, messagingSessionId };
    }
    case 'session-status':
    case 'routing-result':
    case 'transfer':
      return undefined;
  }
}

function toldOf({ entryId, from, text, choices, files }: MessageEvent): ToldMessage {
  const { name } = from;
  return {
    id: entryId,
    ...(name === undefined ? {} : { from: { name } }),
    text: [text, ...choices.map((choice) => `- ${choice}`)].filter((line) => line !== '').join('\n'),
    ...(files.length === 0
      ? {}
      : {
          // Their addresses are signed: whoever has one has the file.
          files: files.map((file) => ({
            ...(file.id === undefined ? {} : { id: file.id }),
            ...(file.name === undefined ? {} : { name: file.name }),
            ...(file.mimeType === undefined ? {} : { contentType: file.mimeType }),
          })),
        }),
  };
}
