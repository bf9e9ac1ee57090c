import { OpencxError } from '../../errors/opencx-error.ts';
import type { AccessKeeper } from '../access/keep-access.ts';
import { httpStatusOf } from '../api/api-error.ts';
import { withAttempts, type Attempts } from '../api/attempts.ts';
import type { MessagingApi, NewConversation } from '../api/messaging-api.ts';

interface Ports {
  readonly api: MessagingApi;
  readonly access: AccessKeeper;
  readonly attempts: Attempts;
}

/** What a conversation is when it is begun with. */
export interface Beginning {
  /** By this call; false if it was there before. */
  readonly created: boolean;
  /** The contact has said nothing in it yet, as when an earlier run ended between its making and its first message. */
  readonly fresh: boolean;
}

/**
 * Creates a conversation, once: after a lost answer it is looked for before it is created again, and one that is there (409) and
 * ours is gone on with.
 * @throws OpencxError PERMISSION_DENIED if the id is taken by another identity · as the requests do
 */
export async function createConversation(conversation: NewConversation, ports: Ports): Promise<Beginning> {
  const { api, access, attempts } = ports;
  return withAttempts(async (lost) => {
    if (lost && (await isListed(conversation.conversationId, ports))) {
      const fresh = await isFresh(conversation.conversationId, ports);
      return { created: fresh, fresh };
    }
    try {
      await access.use((bearer) => api.createConversation(bearer, conversation, attempts.signal));
      return { created: true, fresh: true };
    } catch (error) {
      if (httpStatusOf(error) !== 409) throw error;
      const fresh = await isFresh(conversation.conversationId, ports);
      return { created: lost && fresh, fresh };
    }
  }, attempts);
}

/**
 * Looks whether a conversation is there for this identity.
 * @throws OpencxError PERMISSION_DENIED or ORG_REFUSED if it is not · as the requests do
 */
export async function findConversation(conversationId: string, ports: Ports): Promise<void> {
  await withAttempts(() => isFresh(conversationId, ports), ports.attempts);
}

/** The list shows open conversations of the subject, 50 at most; one that it does not show may still be there. */
async function isListed(conversationId: string, { api, access, attempts }: Ports): Promise<boolean> {
  const { conversations } = await access.use((bearer) => api.listConversations(bearer, false, attempts.signal));
  return conversations.some((one) => one.conversationId.toLowerCase() === conversationId);
}

/**
 * Reads the beginning of a conversation: who may do that takes part in it.
 * @returns whether the contact has said nothing in it yet
 */
async function isFresh(conversationId: string, { api, access, attempts }: Ports): Promise<boolean> {
  try {
    const entries = await access.use((bearer) =>
      api.listEntries(bearer, conversationId, { limit: 50, direction: 'FromStart' }, attempts.signal),
    );
    return !entries.some(({ entryType, sender }) => entryType === 'Message' && sender?.role === 'EndUser');
  } catch (error) {
    const status = httpStatusOf(error);
    if (status !== 403 && status !== 404) throw error;
    const why = status === 403 ? 'belongs to another identity' : 'is not there for this identity';
    throw new OpencxError(status === 403 ? 'PERMISSION_DENIED' : 'ORG_REFUSED', {
      message: `The conversation ${conversationId} ${why}.`,
      details: { httpStatus: status, conversationId, subject: access.current().facts.subject },
      nextSteps: ['Use the identity that created it (the same "sub"), or another conversation id.'],
      cause: error,
    });
  }
}
