import { sleepUnlessAborted, type Clock } from '../../../clock.ts';
import { isAnswerLost } from '../../../messaging/api/api-error.ts';
import type { Conversation } from '../../../messaging/conversation/conversation.ts';
import type { ConversationEvent, TranscriptEntry } from '../../../messaging/conversation/conversation-event.ts';
import { changeBy } from '../../session/session-change.ts';
import type { Session } from '../../session/session.ts';
import type { SessionChange } from '../../store/session-book.ts';
import { continueSession } from '../continue-session.ts';
import type { DeskPorts } from '../desk-ports.ts';
import { changeByEntry, entryNumbers, isLasting, isOwnAsBefore } from '../entry-happening.ts';
import type { StreamWatch } from './stream-watch.ts';
import type { Turnstile } from './turnstile.ts';

export interface FollowPorts extends DeskPorts {
  readonly watch: StreamWatch;
  /** Before each opening. */
  readonly gate: Turnstile;
}

/** Before what the store did not take is given to it again, in milliseconds. */
const writeAgainMs = 1000;

/**
 * Follows the conversation of a session, and tells what happens in it, until the session is over or another process has it. A
 * conversation that breaks, or cannot be opened, is opened again, ever later; what was missed is read from its entries.
 * @param signal ends it
 */
export async function followSession(sessionId: string, ports: FollowPorts, signal: AbortSignal): Promise<void> {
  const { store, health, clock, pace, openings, watch } = ports;
  let failures = 0;
  while (!signal.aborted) {
    const session = await health.tried('read', () => store.session(sessionId));
    if (session !== undefined && isOver(session)) return;
    try {
      const conversation = session === undefined ? undefined : await openInTurn(session, ports, signal);
      if (session !== undefined && conversation !== undefined) {
        failures = 0;
        watch.isBack(sessionId);
        if (await tellAll(conversation, session, ports, signal)) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      watch.isLost(sessionId, error instanceof Error ? error.message : String(error), isAnswerLost(error));
    } finally {
      await openings.leave(sessionId);
    }
    await sleepUnlessAborted(clock, delayAfter(failures, pace.reopenDelaysMs, clock.random()), signal);
    failures += 1;
  }
}

/** Also after an outage not all at once: each opening takes an access token, and handoffs want some, too. */
async function openInTurn(
  session: Session,
  ports: FollowPorts,
  signal: AbortSignal,
): Promise<Conversation | undefined> {
  const leave = await ports.gate.enter(signal);
  try {
    if (leave === undefined) return undefined;
    return await ports.openings.follow(session.id, () => continueSession(session, ports, signal));
  } finally {
    leave?.();
  }
}

function delayAfter(failures: number, delaysMs: readonly number[], chance: number): number {
  return (delaysMs[failures] ?? delaysMs.at(-1) ?? 0) * (0.75 + chance / 2);
}

/**
 * An end is not the end of reading: what is read next may be that the contact has written again. So it is followed on for a while.
 * @returns whether the session is over @throws what ended the conversation
 */
async function tellAll(
  conversation: Conversation,
  session: Session,
  ports: FollowPorts,
  signal: AbortSignal,
): Promise<boolean> {
  const { clock, pace, callbackUrl } = ports;
  const numbers = entryNumbers();
  let current = session;
  let lingering: AbortController | undefined;
  const leave = (): void => void conversation.dispose();
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  try {
    for await (const event of conversation) {
      tellOfConnection(session.id, event, ports);
      const change = changeOf(event, conversation.id, current, callbackUrl, numbers);
      if (change === undefined) continue;
      current = (await tell(change, ports, signal)) ?? current;
      lingering?.abort();
      lingering = isOver(current) ? new AbortController() : undefined;
      if (lingering !== undefined) void leaveAfter(clock, pace.lingerMs, lingering.signal, leave);
    }
    return isOver(current);
  } finally {
    lingering?.abort();
    signal.removeEventListener('abort', leave);
  }
}

async function leaveAfter(clock: Clock, ms: number, signal: AbortSignal, leave: () => void): Promise<void> {
  await sleepUnlessAborted(clock, ms, signal);
  if (!signal.aborted) leave();
}

/** What an event makes of the session; undefined if nothing. */
function changeOf(
  event: ConversationEvent,
  conversationId: string,
  session: Session,
  callbackUrl: URL | undefined,
  numbers: (entry: TranscriptEntry) => string,
): SessionChange | undefined {
  const { id } = session;
  if (event.type === 'closed') {
    const reason = 'the conversation was closed';
    return changeBy(
      id,
      { type: 'messaging-ended', reason },
      { at: event.at, cause: `closed:${conversationId}`, callbackUrl },
    );
  }
  if (!isLasting(event)) return undefined;
  const entryId = numbers(event);
  return isOwnAsBefore(event, session) ? undefined : changeByEntry(id, event, callbackUrl, entryId);
}

function tellOfConnection(sessionId: string, event: ConversationEvent, { watch, listener, clock }: FollowPorts): void {
  if (event.type === 'connection-lost') watch.isLost(sessionId, event.reason, true);
  if (event.type === 'connection-resumed') watch.isBack(sessionId);
  if ((event.type === 'routing-result' || event.type === 'transfer') && !event.ok && !event.history) {
    const said = [event.failureType, event.failureReason, ...event.errorMessages].filter((part) => part !== undefined);
    listener({ type: 'routing-failed', at: clock.now(), sessionId, reason: said.join(': ') });
  }
}

/**
 * What the store does not take is given to it again, for as long as it is followed: a later entry must not overtake it. If this
 * process has to stop, whoever follows next reads it from the entries.
 * @returns the session afterwards; undefined if it was not written
 */
async function tell(
  change: SessionChange,
  { store, health, clock }: DeskPorts,
  signal: AbortSignal,
): Promise<Session | undefined> {
  while (!signal.aborted) {
    const written = await health.tried('accept', async () => ({ session: await store.changeSession(change) }));
    if (written !== undefined) return written.session;
    await sleepUnlessAborted(clock, writeAgainMs, signal);
  }
  return undefined;
}

function isOver(session: Session | undefined): boolean {
  return session !== undefined && (session.state === 'resolved' || session.state === 'failed');
}
