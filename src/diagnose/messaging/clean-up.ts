import { OpencxError } from '../../errors/opencx-error.ts';
import { quoted } from '../../provision/org/soql-literal.ts';
import { done, failed, type StageEnd } from '../timeline/stage.ts';
import type { LadderRun } from './ladder.ts';

/**
 * Ends session and conversation, gives the token back, and looks in the org whether a session of it is still open: sessions that
 * wait for ever keep reps busy. It is not ended by the run's signal: that is what it is for.
 */
export async function cleanUp(run: LadderRun): Promise<StageEnd> {
  const { conversation, conversationId } = run.found;
  if (conversationId === undefined) return done('nothing was opened');
  const problems: string[] = [];
  const tried = async (what: string, act: () => Promise<unknown>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof OpencxError)) throw error;
      problems.push(`${what}: ${error.message}`);
    }
  };
  if (conversation === undefined) await tried('closing the conversation', () => closeByHand(run, conversationId));
  else {
    await tried('ending the session', () => conversation.endSession());
    await tried('closing the conversation', () => conversation.close());
    await tried('giving the token back', () => conversation.dispose({ revoke: true }));
  }
  let left: string[] = [];
  await tried('looking for open sessions', async () => {
    left = await openSessions(run, conversationId);
  });
  if (left.length > 0) {
    return failed(`still open: ${left.join(', ')}`, {
      evidence: problems,
      remedy: [{ text: 'End it in the Service Console, or in Omni Supervisor.' }],
    });
  }
  if (problems.length > 0) return failed('not all could be ended', { evidence: problems });
  return done('session and conversation ended; looked again, none is open');
}

/** A conversation whose opening failed half way: it may be there or not. */
async function closeByHand({ api, found }: LadderRun, conversationId: string): Promise<void> {
  const { access } = found;
  if (access === undefined) return;
  const { conversations } = await api.listConversations(access.token, false);
  if (!conversations.some((one) => one.conversationId === conversationId)) return;
  await api.closeConversation(access.token, conversationId);
}

/** Ids of sessions of the conversation that have not ended. */
async function openSessions({ org }: LadderRun, conversationId: string): Promise<string[]> {
  const rows = await org.query<{ Id: string; Status: string }>(
    "SELECT Id, Status FROM MessagingSession WHERE Status != 'Ended' AND ConversationId IN " +
      `(SELECT Id FROM Conversation WHERE ConversationIdentifier = ${quoted([conversationId])})`,
    'looking for open sessions',
  );
  return rows.map(({ Id, Status }) => `${Id} (${Status})`);
}
