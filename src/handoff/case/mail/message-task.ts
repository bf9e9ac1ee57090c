import { messageIdOf, parseMessage, type MessageInput } from '../../api/schema/message-input.ts';
import { originalIdOf } from '../../replay/original-id.ts';
import type { ToldMessage } from '../../session/session-event.ts';
import { sessionIdOf, type Session } from '../../session/session.ts';
import type { HandoffStore, StoredEvent } from '../../store/handoff-store.ts';
import type { CaseSettings } from '../case-settings.ts';
import type { CaseTask } from '../task.ts';
import { Unfit } from '../unfit.ts';
import { writeMail, type CaseSession } from './write-mail.ts';

export interface MessagePorts {
  readonly store: Pick<HandoffStore, 'session' | 'event'>;
  readonly settings: CaseSettings;
}

/**
 * What brings a message to the Case of its session.
 * @throws SyntaxError, ZodError or Unfit if it is no message of a session · what the store throws
 */
export async function messageTask(event: StoredEvent, { store, settings }: MessagePorts): Promise<CaseTask> {
  const sessionId = sessionIdOf(event.orderKey);
  if (sessionId === undefined) throw new Unfit('The event belongs to no session.');
  const message = parseMessage(event.body);
  const messageId = messageIdOf(await originalIdOf(event, store), message);
  const told = toldOf(message, messageId);
  return {
    sessionId,
    work: async (org) => {
      const session = sessionWithCase(await store.session(sessionId));
      const shown = await writeMail(org, message, messageId, session, settings);
      return { shown, happening: { type: 'message-sent', message: told } };
    },
    dead: (reason) => ({ type: 'message-dead', message: told, reason }),
  };
}

/** @throws Unfit if nothing can be written for it any more */
function sessionWithCase(session: Session | undefined): CaseSession {
  const caseId = session?.caseId;
  if (session === undefined || caseId === undefined) {
    throw new Unfit('The session has no Case: its handoff did not arrive.');
  }
  return { ...session, caseId };
}

function toldOf({ text, subject, html, name }: MessageInput, id: string): ToldMessage {
  return {
    id,
    ...(name === undefined ? {} : { from: { name } }),
    ...(subject === undefined ? {} : { subject }),
    text,
    ...(html === undefined ? {} : { html }),
  };
}
