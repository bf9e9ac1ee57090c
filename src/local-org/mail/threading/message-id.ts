import type { OrgState } from '../../state/org-state.ts';
import { orgDigest } from './org-digest.ts';
import { tokenOfRecord } from './threading-token.ts';

const DOMAIN = 'sfdc.net';

/** The Message-ID of a mail of the outbox: the org's own, the same whenever it is asked for. */
export function mailMessageId(org: OrgState, mailId: string): string {
  return `<${orgDigest(org, `mail/${mailId}`)}.${orgDigest(org, `mail-part/${mailId}`)}@${DOMAIN}>`;
}

/**
 * What `Cases.generateThreadingMessageId` gives: a Message-ID that says which case it belongs to. Put into References, it
 * comes back in those of the reply.
 */
export function threadingMessageId(org: OrgState, caseId: string): string {
  return `<${caseId.slice(0, 15)}.${tokenOfRecord(org, caseId)}@${DOMAIN}>`;
}

/** The id of the case that a Message-ID of `threadingMessageId` belongs to; undefined for any other. */
export function caseOfMessageId(org: OrgState, messageId: string): string | undefined {
  const [, id = ''] = /^<(500[0-9A-Za-z]{12})\.[0-9A-Za-z]{22}@sfdc\.net>$/.exec(messageId) ?? [];
  const row = id === '' ? undefined : org.records.get('Case', id);
  return row !== undefined && threadingMessageId(org, row.Id) === messageId ? row.Id : undefined;
}
