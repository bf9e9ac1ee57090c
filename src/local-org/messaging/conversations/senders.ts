import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { Sender } from './entry.ts';

export interface NamedSender {
  readonly sender: Sender;
  readonly senderDisplayName: string;
}

/** A guest has no name; that it is "Guest" is what clients show. */
export function endUser(subject: string, clientIdentifier?: string): NamedSender {
  const client = clientIdentifier === undefined ? {} : { clientIdentifier };
  return { sender: { role: 'EndUser', appType: 'iamessage', subject, ...client }, senderDisplayName: 'Guest' };
}

export function agent(org: OrgState, userId: string): NamedSender {
  const senderDisplayName = fieldText(org.records.get('User', userId)?.['Name']);
  return { sender: { role: 'Agent', appType: 'agent', subject: userId }, senderDisplayName };
}

export function system(org: OrgState): NamedSender {
  const subject = org.settings.organizationId;
  return { sender: { role: 'System', appType: 'conversation', subject }, senderDisplayName: 'System' };
}

export function router(org: OrgState): NamedSender {
  const subject = org.settings.organizationId;
  return { sender: { role: 'Router', appType: 'routing', subject }, senderDisplayName: 'Router' };
}
