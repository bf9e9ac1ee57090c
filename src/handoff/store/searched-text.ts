import type { Session } from '../session/session.ts';

/** What `SessionQuery.contains` is looked for in, in lower case: databases know upper and lower case each in their own way. */
export function searchedText({ id, contact, subject, caseNumber }: Session): string {
  const parts = [id, contact.name, contact.email, subject, caseNumber];
  return parts
    .filter((part) => part !== undefined)
    .join('\n')
    .toLowerCase();
}
