import type { Session } from '../session/session.ts';
import type { StoredEvent } from './handoff-store.ts';

/** What `SessionQuery.contains` is looked for in, in lower case: databases know upper and lower case each in their own way. */
export function searchedText({ id, contact, subject, caseNumber }: Session): string {
  const parts = [id, contact.name, contact.email, subject, caseNumber];
  return parts
    .filter((part) => part !== undefined)
    .join('\n')
    .toLowerCase();
}

/** Whether the body of an event has a text in it, in any case: for `EventQuery.contains`. */
export function bodyContains(searched: string): (event: StoredEvent) => boolean {
  const decoder = new TextDecoder();
  const wanted = searched.toLowerCase();
  return (event) => decoder.decode(event.body).toLowerCase().includes(wanted);
}
