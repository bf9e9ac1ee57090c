import { sessionToJson } from '../../api/schema/session-json.ts';
import type { Session } from '../../session/session.ts';
import type { InspectedOrg } from '../data-ports.ts';
import { recordLink } from '../record-link.ts';
import type { SessionDetail, SessionShown } from './session-schema.ts';

/** A session as the page shows it. Texts are as they came: the page makes them safe. */
export function sessionShown(session: Session): SessionShown {
  const { callbackUrl: callback, ...shown } = sessionToJson(session);
  return { ...shown, ...(callback === undefined ? {} : { callback }) };
}

/** Where a person finds it in the org. */
export function sessionLinks(org: InspectedOrg | undefined, session: Session): SessionDetail['links'] {
  const links = {
    case: recordLink(org, 'Case', session.caseId),
    contact: recordLink(org, 'Contact', session.contactId),
    messagingSession: recordLink(org, 'MessagingSession', session.messagingSessionId),
  };
  return Object.fromEntries(Object.entries(links).filter(([, link]) => link !== undefined));
}
