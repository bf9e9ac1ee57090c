import type {
  ConversationEvent,
  MessageEvent,
  TranscriptEntry,
} from '../../messaging/conversation/conversation-event.ts';
import type { Happening } from '../session/happening.ts';
import { changeBy } from '../session/session-change.ts';
import type { ToldMessage } from '../session/session-event.ts';
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
  entryId = entry.entryId,
): SessionChange | undefined {
  const happening = happeningOf(entry);
  const { at } = entry;
  return happening === undefined
    ? undefined
    : changeBy(sessionId, happening, { at, entry: { id: entryId, at }, callbackUrl });
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
