import { OpencxError } from '../../../errors/opencx-error.ts';
import type { Conversation, SentMessage } from '../../../messaging/conversation/conversation.ts';
import type { TranscriptEntry } from '../../../messaging/conversation/conversation-event.ts';
import { longestMessage, spokenBy } from '../../../messaging/handoff/opening-messages.ts';
import { uuidOf } from '../../../messaging/handoff/session-ids.ts';
import { splitText } from '../../../messaging/handoff/split-text.ts';
import type { MessageInput } from '../../api/schema/message-input.ts';
import type { Session } from '../../session/session.ts';
import { continueSession } from '../continue-session.ts';
import type { DeskPorts } from '../desk-ports.ts';
import { isTakenIn } from '../entry-happening.ts';
import { sendFiles, type FileOutcome } from './send-files.ts';
import { isSent, sendOnce } from './send-once.ts';

/** What a message has become. */
export interface MessageCarried {
  readonly conversationId: string;
  readonly messages: readonly { readonly id: string; readonly wasThere: boolean }[];
  readonly files: readonly FileOutcome[];
  /** The last messaging session had ended, and the message opened another. */
  readonly restarted: boolean;
  /** The messaging session before it, where it is known. */
  readonly after: string | undefined;
}

/**
 * Sends a message of the contact or the AI, once: the ids of its parts follow from its own.
 * @param messageId UUID in lower case
 * @param read told all entries of the conversation where they may say more than the session: that it is over, or goes on; also
 *   before what fails afterwards
 * @throws OpencxError as the messaging client does · USAGE if the AI may not answer any more
 */
export async function carryMessage(
  message: MessageInput,
  messageId: string,
  session: Session & { readonly conversationId: string },
  ports: DeskPorts,
  signal: AbortSignal,
  read: (entries: readonly TranscriptEntry[]) => void,
): Promise<MessageCarried> {
  const { conversationId } = session;
  const open = () => continueSession(session, ports, signal);
  return ports.openings.use(session.id, open, async (conversation) => {
    await conversation.sync(signal);
    const parts = textsOf(message).map((text, index) => ({ text, id: partId(conversationId, messageId, index) }));
    const [first] = parts;
    const sentBefore = conversation.transcript().find((entry) => first !== undefined && isSent(entry, first.id));
    const before = entriesBefore(conversation, sentBefore);
    const wasOver = session.state === 'resolved' || endsWithAnEnd(before);
    if (wasOver) read(conversation.transcript());
    const isTaken = session.state === 'handedOff' || isTakenIn(conversation.transcript());
    if (message.role === 'ai' && isTaken && !isBegun(conversation, parts)) throw aiPaused();
    const sent: SentMessage[] = [];
    for (const { text, id } of parts) {
      sent.push(await sendOnce(conversation, id, () => conversation.send(text, { id, signal })));
    }
    const speaker = message.role === 'ai' ? '[AI]' : undefined;
    const files = await sendFiles(conversation, messageId, message.attachments, speaker, signal);
    const opened = sent.some(({ newSession }) => newSession);
    // A file may have opened another messaging session, too.
    const mayGoOn = wasOver || opened || files.length > 0;
    if (mayGoOn) {
      await conversation.sync(signal);
      read(conversation.transcript());
    }
    const isSentNow = sent.some(({ foundAgain }) => !foundAgain) || files.some(({ wasThere }) => !wasThere);
    return {
      conversationId,
      messages: sent.map(({ id, foundAgain }) => ({ id, wasThere: foundAgain })),
      files,
      restarted: opened || (wasOver && (isSentNow || !endsWithAnEnd(conversation.transcript()))),
      after: sessionBefore(before, sentBefore) ?? session.messagingSessionId,
    };
  });
}

/** What an earlier attempt has sent, or begun to send, is sent, whatever has happened since. */
function isBegun(conversation: Conversation, parts: readonly { readonly id: string }[]): boolean {
  return parts.some(({ id }) => conversation.transcript().some((entry) => isSent(entry, id)));
}

/** It may have waited while the org was down. */
function aiPaused(): OpencxError {
  return new OpencxError('USAGE', {
    message: 'A representative has taken the session over in the meantime: the AI does not answer.',
  });
}

function partId(conversationId: string, messageId: string, index: number): string {
  return uuidOf(`message\n${conversationId}\n${messageId}\n${index}`);
}

/**
 * Salesforce shows all of it as said by the customer: what the AI says begins with its name. So does what the customer writes if it
 * might be taken for somebody else's.
 */
function textsOf({ role, text }: MessageInput): string[] {
  if (role === 'ai') return spokenBy('AI', text);
  return /^\s*\[/m.test(text) ? spokenBy('Customer', text) : splitText(text, longestMessage);
}

/** What stands before a message, be it there already or sent now. */
function entriesBefore(conversation: Conversation, sent: TranscriptEntry | undefined): readonly TranscriptEntry[] {
  const entries = conversation.transcript();
  return sent === undefined ? entries : entries.slice(0, entries.indexOf(sent));
}

/**
 * The messaging session before the one of a message that was sent: one that the message itself has opened had entries of its own
 * already, as that of its routing, when the message came to stand behind them.
 */
function sessionBefore(before: readonly TranscriptEntry[], sent: TranscriptEntry | undefined): string | undefined {
  const end = before.findLastIndex((entry) => entry.type === 'session-ended');
  const until = end === -1 || sent === undefined ? before : before.slice(0, end + 1);
  return until.findLast(
    ({ messagingSessionId }) => messagingSessionId !== undefined && messagingSessionId !== sent?.messagingSessionId,
  )?.messagingSessionId;
}

/** Nobody has written in another messaging session since the last one has ended. */
function endsWithAnEnd(entries: readonly TranscriptEntry[]): boolean {
  const last = entries.findLast((entry) => entry.type === 'session-ended' || (entry.type === 'message' && entry.own));
  return last?.type === 'session-ended';
}
