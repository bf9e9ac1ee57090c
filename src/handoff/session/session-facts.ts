import type { Happening, Place } from './happening.ts';
import type { Session } from './session.ts';

/** A session that something begins; undefined if it begins none. */
export function newSession(
  happening: Happening,
  moment: { readonly sessionId: string; readonly at: number },
): Session | undefined {
  const { sessionId: id, at } = moment;
  const times = { createdAt: at, updatedAt: at };
  if (happening.type === 'case-created') {
    return { id, channel: 'email', origin: 'case', state: 'open', contact: happening.contact, ...times };
  }
  if (happening.type !== 'handoff-accepted') return undefined;
  const { channel, contact } = happening;
  return { id, channel, origin: 'handoff', state: 'handing-off', contact, ...times };
}

/** What something shows of a session, its state apart. @param eventId of a handoff */
export function factsShown(session: Session, happening: Happening, eventId: string | undefined): Partial<Session> {
  if (happening.type === 'handoff-accepted') {
    // It goes on in another conversation, for which this handoff stands from now on.
    const begins = session.handoffEventId === undefined || session.state === 'failed';
    const { subject, language, callbackUrl } = happening;
    const contact = { ...session.contact, ...known(happening.contact) };
    return { contact, ...known({ subject, language, callbackUrl, handoffEventId: begins ? eventId : undefined }) };
  }
  const subject = happening.type === 'case-created' ? happening.subject : undefined;
  return known({ ...placeOf(happening), subject });
}

/** Whether something happened elsewhere than where the session is known to be: another Case, or another messaging session. */
export function isElsewhere(session: Session, happening: Happening): boolean {
  const place = placeOf(happening);
  return isOther(place.caseId, session.caseId) || isOther(place.messagingSessionId, session.messagingSessionId);
}

/** Whether two ids are known and name two things; Salesforce writes one id with 15 or 18 characters. */
export function isOther(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one.slice(0, 15) !== other.slice(0, 15);
}

function placeOf(happening: Happening): Place {
  const { caseId, caseNumber, contactId, conversationId, messagingSessionId } = happening;
  return { caseId, caseNumber, contactId, conversationId, messagingSessionId };
}

type Known<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Without what is undefined. */
function known<T extends object>(facts: T): Known<T> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Known<T>;
}
