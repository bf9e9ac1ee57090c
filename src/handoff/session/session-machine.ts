import type { Happening } from './happening.ts';
import type { SessionEvent } from './session-event.ts';
import { factsShown, isElsewhere, isOther, newSession } from './session-facts.ts';
import type { Session, SessionState, WorkedInEntry } from './session.ts';
import { toldOfPassage, transitions, type Row, type Transition } from './transitions.ts';
import { isLate, withEntry } from './worked-in.ts';

/** When and by what something happened. */
export interface Moment {
  readonly sessionId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The event that is accepted with it, or whose delivery brought it about. */
  readonly eventId?: string | undefined;
  /** The entry of the conversation that shows it. */
  readonly entry?: WorkedInEntry | undefined;
}

/** What a session event says beside the facts of its session. */
export type Told = Pick<SessionEvent, 'event' | 'message' | 'reason' | 'appended' | 'agent'>;

export interface Afterwards {
  /** Absent: nothing has changed. */
  readonly session?: Session;
  /** In order. */
  readonly told: readonly Told[];
}

/**
 * What becomes of a session. Pure, and never throws.
 * @param session undefined if there is none: a handoff or a Case begins one, whatever else happens is left out
 */
export function afterwards(session: Session | undefined, happening: Happening, moment: Moment): Afterwards {
  const { entry, eventId } = moment;
  const before = session ?? newSession(happening, moment);
  if (before === undefined) return { told: [] };
  const isPast = entry !== undefined && isLate(before, entry) && isElsewhere(before, happening);
  const state = session === undefined ? before.state : stateAfter(session, happening, isPast);
  const after: Session = {
    ...before,
    ...(isPast ? {} : factsShown(before, happening, eventId)),
    ...(entry === undefined ? {} : { entries: withEntry(before, entry) }),
    state,
  };
  const passage = toldOfPassage(session?.state, state);
  const told = [...passage.map((event) => ({ event, ...whyOf(happening) })), ...ownTold(happening)];
  const isSame = told.length === 0 && JSON.stringify(after) === JSON.stringify(session);
  return isSame ? { told } : { session: { ...after, updatedAt: Math.max(before.updatedAt, moment.at) }, told };
}

/** @param isPast it belongs to what was over before, and was told late */
function stateAfter(session: Session, happening: Happening, isPast: boolean): SessionState {
  const { state } = session;
  const row: Row = transitions[happening.type].to;
  if (isPast || (happening.type === 'messaging-restarted' && !isAnother(session, happening))) return state;
  // Nobody has told yet that a session which was over goes on elsewhere; this shows it.
  const goesOn = state === 'resolved' && happening.type !== 'handoff-dead' && isElsewhere(session, happening);
  return goesOn ? (row.open ?? 'open') : (row[state] ?? state);
}

/**
 * Whether a messaging session that was opened is not known yet: it is told by whoever sent the message that opened it, and by the
 * entry of that message. The entry alone shows that the one before is over, should nobody have told of its end.
 */
function isAnother(
  { state, messagingSessionId: current }: Session,
  { messagingSessionId, after }: Extract<Happening, { type: 'messaging-restarted' }>,
): boolean {
  if (current === undefined) return state === 'resolved';
  if (messagingSessionId !== undefined) return isOther(messagingSessionId, current);
  return state === 'resolved' && after !== undefined && !isOther(after, current);
}

function ownTold(happening: Happening): Told[] {
  const { told } = transitions[happening.type];
  if (told === undefined) return [];
  return [
    {
      event: told,
      ...('message' in happening ? { message: happening.message } : {}),
      ...('agent' in happening ? { agent: agentOf(happening.agent) } : {}),
      ...('appended' in happening ? { appended: happening.appended } : {}),
      ...reasonOf(happening),
    },
  ];
}

function agentOf({ name }: { readonly name?: string | undefined }): { name?: string } {
  return name === undefined ? {} : { name };
}

function whyOf(happening: Happening): { reason?: string } {
  const { because }: Transition = transitions[happening.type];
  return { ...(because === undefined ? {} : { reason: because }), ...reasonOf(happening) };
}

function reasonOf(happening: Happening): { reason?: string } {
  return 'reason' in happening && happening.reason !== undefined ? { reason: happening.reason } : {};
}
