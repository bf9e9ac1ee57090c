import { OpencxError } from '../../errors/opencx-error.ts';
import { revokeAccess } from '../../messaging/access/obtain-access.ts';
import { quoted } from '../../provision/org/soql-literal.ts';
import { done, failed, type StageEnd } from '../timeline/stage.ts';
import type { LadderRun } from './ladder.ts';
import { untilSeen } from './until-seen.ts';

/**
 * Ends session and conversation, gives the token back, and looks in the org whether a session of it is still open: sessions that
 * wait for ever keep reps busy. It is not ended by the run's signal: that is what it is for.
 */
export async function cleanUp(run: LadderRun): Promise<StageEnd> {
  const { conversation, conversationId } = run.found;
  if (conversationId === undefined) {
    const token = await tried('giving the token back', () => giveBack(run));
    return done('nothing was opened', { evidence: token });
  }
  const problems = await endIt(run, conversationId);
  // The path is known of third parties alone, and a token ends by itself: one that stays is told, and is no failure.
  const token = [
    ...(await tried('giving the token back', async () => conversation?.dispose({ revoke: true }))),
    ...(await tried('giving the first token back', () => giveBack(run))),
  ];
  let left: string[] = [];
  const looking = await tried('looking for open sessions', async () => {
    // Without the run's signal: a run that was stopped looks too. Rows follow what was ended.
    await untilSeen({ org: run.org, patienceMs: run.patienceMs }, async () => {
      left = await openSessions(run, conversationId);
      return left.length === 0 ? true : undefined;
    });
  });
  problems.push(...looking);
  const evidence = [...problems, ...token];
  if (left.length > 0) {
    return failed(`still open: ${left.join(', ')}`, {
      evidence,
      remedy: [{ text: 'End it in the Service Console, or in Omni Supervisor.' }],
    });
  }
  if (problems.length > 0) return failed('not all could be ended', { evidence });
  return done('session and conversation ended; looked again, none is open', { evidence });
}

/** @returns what went wrong; nothing if all is ended */
async function endIt(run: LadderRun, conversationId: string): Promise<string[]> {
  const { conversation } = run.found;
  const problems =
    conversation === undefined
      ? []
      : [
          ...(await tried('ending the session', () => conversation.endSession())),
          ...(await tried('closing the conversation', () => conversation.close())),
        ];
  if (conversation !== undefined && problems.length === 0) return [];
  // One that could not be opened whole, or not be followed to its end, may be there all the same.
  const byHand = await tried('closing the conversation by its id', () => closeByHand(run, conversationId));
  return byHand.length === 0 ? [] : [...problems, ...byHand];
}

/** @returns what the org said against it; nothing if it was done */
async function tried(what: string, act: () => Promise<unknown>): Promise<string[]> {
  try {
    await act();
    return [];
  } catch (error) {
    if (!(error instanceof OpencxError)) throw error;
    return [`${what}: ${error.message}`];
  }
}

/** The token that the first rungs looked at; an anonymous one cannot be given back. */
async function giveBack({ api, found }: LadderRun): Promise<void> {
  if (found.access?.facts.verified === true) await revokeAccess(found.access, { api });
}

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
