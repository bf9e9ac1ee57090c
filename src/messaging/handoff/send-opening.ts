import { OpencxError } from '../../errors/opencx-error.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { HandoffEvent, OpeningMessage } from './handoff-event.ts';
import { openingMessageId } from './session-ids.ts';

/**
 * Sends what the conversation does not hold yet, and tells before each of several messages which one it is. A message is known by
 * its id; where the org gave it another one, by its text, each text as often as it was sent.
 * @throws OpencxError of the conversation, with how many messages are there and how the rest is sent
 */
export async function* sendOpening(
  conversation: Conversation,
  texts: readonly string[],
  { sessionId, signal }: { readonly sessionId: string; readonly signal: AbortSignal },
): AsyncGenerator<HandoffEvent, OpeningMessage[]> {
  if (!conversation.created) await conversation.sync(signal);
  const there = conversation.transcript().filter((entry) => entry.type === 'message' && entry.own);
  const messages: OpeningMessage[] = [];
  for (const [index, text] of texts.entries()) {
    if (texts.length > 1) yield { kind: 'sending', number: index + 1, messages: texts.length };
    const id = openingMessageId(conversation.id, index, text);
    const sent = there.findIndex(
      (entry) => entry.type === 'message' && (entry.messageId === id || entry.text === text),
    );
    if (sent === -1) {
      try {
        await conversation.send(text, { id, signal });
      } catch (error) {
        throw error instanceof OpencxError ? cutShort(error, messages.length, texts.length, sessionId) : error;
      }
    } else there.splice(sent, 1);
    messages.push({ id, text, wasThere: sent !== -1 });
  }
  return messages;
}

/** A representative may be reading the beginning already: it matters how much of it is there. */
function cutShort(error: OpencxError, there: number, all: number, sessionId: string): OpencxError {
  if (there === 0) return error;
  const { code, message, details, nextSteps, docsUrl } = error;
  return new OpencxError(code, {
    message: `${there} of ${all} opening messages ${there === 1 ? 'is' : 'are'} in Salesforce. ${message}`,
    ...(details === undefined ? {} : { details }),
    nextSteps: [
      ...nextSteps,
      `The conversation stays open. The rest is sent by the same command with --session ${sessionId}.`,
    ],
    ...(docsUrl === undefined ? {} : { docsUrl }),
    cause: error,
  });
}
