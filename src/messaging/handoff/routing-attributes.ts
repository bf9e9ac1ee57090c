import type { MessagingSettings } from '../../config/messaging-settings.ts';
import type { Transcript } from './transcript.ts';

/** What OpenCX puts into Origin and Priority by its page. */
const origin = 'MIABOT';
const usualPriority = 'Low';

/** A contact of whom OpenCX knows an id or address; of others it knows the session alone. */
export function isIdentified({ contact }: Transcript): boolean {
  return (contact.id ?? contact.email) !== undefined;
}

/**
 * The attributes that OpenCX attaches to every conversation, by the names of the configuration.
 * @param more further ones; they win over those of the session
 * @returns keys as they are sent; Salesforce compares them exactly and drops those it has no channel parameter for
 */
export function routingAttributes(
  names: MessagingSettings['parameters'],
  transcript: Transcript,
  sessionId: string,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    [names.sessionId]: sessionId,
    [names.consumerType]: isIdentified(transcript) ? 'Authenticated' : 'Non-Authenticated',
    [names.origin]: origin,
    [names.priority]: transcript.priority ?? usualPriority,
    ...(transcript.language === undefined ? {} : { [names.language]: transcript.language }),
    ...more,
  };
}

/**
 * The `sub` of the identity token: who the contact is, the same at every run. That OpenCX signs a token for anonymous contacts
 * too, as a channel is for verified users or not and never for both, is not documented.
 */
export function subjectOf({ contact }: Transcript, sessionId: string): string {
  return contact.id ?? contact.email ?? `session:${sessionId}`;
}
