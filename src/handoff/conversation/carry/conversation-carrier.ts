import type { TranscriptEntry } from '../../../messaging/conversation/conversation-event.ts';
import { parseHandoff } from '../../api/schema/handoff-input.ts';
import { messageIdOf, parseMessage } from '../../api/schema/message-input.ts';
import type { Carried, Carrier } from '../../delivery/carrier.ts';
import { traceparentOf } from '../../http/trace-id.ts';
import { originalIdOf } from '../../replay/original-id.ts';
import type { Happening } from '../../session/happening.ts';
import { changeBy } from '../../session/session-change.ts';
import type { ToldMessage } from '../../session/session-event.ts';
import { sessionIdOf, type Session } from '../../session/session.ts';
import type { SessionChange } from '../../store/session-book.ts';
import type { StoredEvent } from '../../store/handoff-store.ts';
import { arrived, failed, refused, type Attempted } from './carried.ts';
import { carryHandoff } from './carry-handoff.ts';
import { carryMessage } from './carry-message.ts';
import { changesTogether } from './changes-together.ts';
import { changesByEntries } from '../entry-happening.ts';
import type { DeskPorts } from '../desk-ports.ts';

/** Kind of the deliveries that go to Live Messaging; their target is the origin of SCRT as `URL.href` writes it. */
export const conversationKind = 'conversation';

/** Brings handoffs and messages into conversations of Live Messaging. */
export function conversationCarrier(ports: DeskPorts): Pick<Carrier, 'kinds' | 'carry'> {
  const { clock } = ports;
  return {
    kinds: [conversationKind],
    carry: async (event, { target }, signal) => {
      // What is called are several requests of the client: the attempt shows where they go.
      const attempted = { startedAt: clock.now(), request: { method: 'POST', url: target, headers: [] } };
      if (event.name === 'handoff') return carryHandoffEvent(event, attempted, ports, signal);
      if (event.name === 'message') return carryMessageEvent(event, attempted, ports, signal);
      return refused(attempted, `an event ${event.name} does not go to Live Messaging`, clock);
    },
  };
}

async function carryHandoffEvent(
  event: StoredEvent,
  attempted: Attempted,
  ports: DeskPorts,
  signal: AbortSignal,
): Promise<Carried> {
  const { store, clock } = ports;
  const handoff = readAs(parseHandoff, event);
  if (handoff instanceof Error) return refused(attempted, handoff.message, clock);
  const sessionId = handoff.sessionId.toLowerCase();
  const session = await store.session(sessionId);
  const changed = (happening: Happening) => changeBy(sessionId, happening, factsNow(event, ports));
  try {
    const { done, entries } = await carryHandoff(handoff, session, ports, signal);
    const { conversationId, appended } = done;
    const change = changesTogether(sessionId, [
      ...changesByEntries(sessionId, entries, ports.callbackUrl),
      changed({ type: 'handed-over', conversationId, appended }),
    ]);
    return { ...arrived(attempted, appended ? 200 : 201, done, clock), change: onceDelivered(change) };
  } catch (error) {
    const change = (reason: string) => changed({ type: 'handoff-dead', reason });
    return { ...failed(attempted, error, signal, clock), change: onceDead(change) };
  }
}

async function carryMessageEvent(
  event: StoredEvent,
  attempted: Attempted,
  ports: DeskPorts,
  signal: AbortSignal,
): Promise<Carried> {
  const { store, clock } = ports;
  const message = readAs(parseMessage, event);
  if (message instanceof Error) return refused(attempted, message.message, clock);
  const sessionId = sessionIdOf(event.orderKey);
  const session = sessionId === undefined ? undefined : await store.session(sessionId);
  if (session === undefined) return refused(attempted, `there is no session of ${event.orderKey}`, clock);
  const { text, name } = message;
  const messageId = messageIdOf(await originalIdOf(event, store), message);
  const told: ToldMessage = { id: messageId, ...(name === undefined ? {} : { from: { name } }), text };
  const changed = (happenings: Happening | readonly Happening[]) =>
    changeBy(session.id, happenings, factsNow(event, ports));
  const dead = (reason: string) => changed({ type: 'message-dead', message: told, reason });
  if (!hasConversation(session)) {
    const reason = 'the session has no conversation in Salesforce: its handoff has not arrived';
    return { ...refused(attempted, reason, clock), change: onceDead(dead) };
  }
  let entries: readonly TranscriptEntry[] = [];
  // Whoever follows the conversation may be about to tell of them, or nobody may: they come before what was sent behind them.
  const withEntries = (...changes: readonly SessionChange[]) =>
    changesTogether(session.id, [...changesByEntries(session.id, entries, ports.callbackUrl), ...changes]);
  try {
    const { after, ...done } = await carryMessage(message, messageId, session, ports, signal, (all) => (entries = all));
    const sent: Happening = { type: 'message-sent', message: told };
    const restart: Happening = { type: 'messaging-restarted', after };
    const change = withEntries(changed(done.restarted ? [restart, sent] : sent));
    return { ...arrived(attempted, 202, done, clock), change: onceDelivered(change) };
  } catch (error) {
    const change: Carried['change'] = (judged) =>
      judged.state === 'dead' ? withEntries(dead(judged.reason)) : withEntries();
    return { ...failed(attempted, error, signal, clock), change };
  }
}

function factsNow({ headers }: StoredEvent, { clock, callbackUrl }: DeskPorts) {
  return { at: clock.now(), traceparent: traceparentOf(headers), callbackUrl };
}

function onceDelivered(change: SessionChange): NonNullable<Carried['change']> {
  return ({ state }) => (state === 'delivered' ? change : undefined);
}

function onceDead(change: (reason: string) => SessionChange): NonNullable<Carried['change']> {
  return (judged) => (judged.state === 'dead' ? change(judged.reason) : undefined);
}

/** A body can be edited before it is replayed. */
function readAs<T>(parse: (body: Uint8Array) => T, { name, body }: StoredEvent): T | Error {
  try {
    return parse(body);
  } catch (error) {
    return new Error(`the body is no ${name}`, { cause: error });
  }
}

function hasConversation(session: Session): session is Session & { conversationId: string } {
  return session.conversationId !== undefined;
}
