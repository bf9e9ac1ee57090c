import { OpencxError } from '../../../errors/opencx-error.ts';
import type { Conversation } from '../../../messaging/conversation/conversation.ts';
import type { TranscriptEntry } from '../../../messaging/conversation/conversation-event.ts';
import { handOff } from '../../../messaging/handoff/hand-off.ts';
import { subjectOf } from '../../../messaging/handoff/routing-attributes.ts';
import { conversationIdOf } from '../../../messaging/handoff/session-ids.ts';
import type { HandoffInput } from '../../api/schema/handoff-input.ts';
import type { Session } from '../../session/session.ts';
import { beginningOf, heldAs, transcriptOf } from '../continue-session.ts';
import type { DeskPorts } from '../desk-ports.ts';
import { sendFiles, type FileOutcome } from './send-files.ts';

/** What a handoff has become, as its attempt shows it. */
export interface HandedOver {
  readonly conversationId: string;
  /** The conversation was there before this handoff. */
  readonly appended: boolean;
  readonly messages: readonly { readonly id: string; readonly wasThere: boolean }[];
  readonly files: readonly FileOutcome[];
}

export interface CarriedHandoff {
  readonly done: HandedOver;
  /** Of a conversation that was there before: what has happened in it, be it that this handoff opened another messaging session. */
  readonly entries: readonly TranscriptEntry[];
}

/**
 * Hands a session off, or goes on with what an earlier attempt left. The conversation stays open for whoever follows it.
 * @param session as it is in the store; undefined if it is not
 * @throws OpencxError as {@link handOff} does
 */
export async function carryHandoff(
  handoff: HandoffInput,
  session: Session | undefined,
  ports: DeskPorts,
  signal: AbortSignal,
): Promise<CarriedHandoff> {
  const { messaging, store, clock, openings } = ports;
  if (handoff.channel === 'email') throw wrongChannel();
  const sessionId = handoff.sessionId.toLowerCase();
  const { api, names, signer } = messaging;
  // Only the contact it was begun with finds its conversation.
  const begun = session === undefined ? undefined : await beginningOf(session, store);
  const messages: { id: string; wasThere: boolean }[] = [];
  let conversation: Conversation | undefined;
  const steps = handOff(
    {
      transcript: transcriptOf(handoff),
      sessionId,
      channel: handoff.channel,
      conversation: heldAs(ports),
      names,
      attributes: handoff.attributes ?? {},
      signer,
      subject: subjectOf(transcriptOf(begun ?? handoff), sessionId),
    },
    { api, clock, signal },
  );
  for await (const step of steps) {
    if (step.kind === 'done' && step.step === 'opening-message') {
      messages.push(...step.messages.map(({ id, wasThere }) => ({ id, wasThere })));
    }
    if (step.kind === 'handed-off') conversation = step.conversation;
  }
  if (conversation === undefined) throw new Error('a handoff ended without its conversation');
  try {
    const files = await sendFiles(conversation, 'handoff', handoff.attachments, undefined, signal);
    const appended = session?.conversationId !== undefined;
    if (appended) await conversation.sync(signal);
    const entries = appended ? conversation.transcript() : [];
    return { done: { conversationId: conversationIdOf(sessionId), appended, messages, files }, entries };
  } finally {
    await openings.adopt(sessionId, conversation);
  }
}

function wrongChannel(): OpencxError {
  return new OpencxError('USAGE', { message: 'The channel email goes to a Case, not to Live Messaging.' });
}
