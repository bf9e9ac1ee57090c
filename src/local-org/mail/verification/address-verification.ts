import { randomBytes } from 'node:crypto';

import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import { putRoutingDetails, routingDetails } from '../routing/routing-details.ts';
import { sendSystemMail } from '../send/system-mail.ts';

/** Objects whose rows are addresses that their owner must confirm. */
type VerifiedObject = 'EmailRoutingAddress' | 'OrgWideEmailAddress';

interface Verification {
  readonly sobject: VerifiedObject;
  readonly recordId: string;
}

/** By the secret in the link. */
const KIND = 'address-verification';

/** Where the link in a verification mail leads. */
export const VERIFICATION_PATH = '/_local/verify-address';

const WORDS: Readonly<Record<VerifiedObject, { subject: string; what: string }>> = {
  EmailRoutingAddress: {
    subject: 'Verify your Email-to-Case routing address',
    what: 'an Email-to-Case routing address',
  },
  OrgWideEmailAddress: {
    subject: 'Verify your organization-wide email address',
    what: 'an organization-wide email address',
  },
};

/** Sends the mail with the link that proves who can read an address. Salesforce's wording is not public; this is ours. */
export function sendVerification(org: OrgState, sobject: VerifiedObject, recordId: string): void {
  const address = fieldText(org.records.get(sobject, recordId)?.['Address']);
  const secret = randomBytes(24).toString('base64url');
  org.documents.put(KIND, secret, { sobject, recordId } satisfies Verification);
  const { subject, what } = WORDS[sobject];
  const link = `${org.baseUrl()}${VERIFICATION_PATH}/${secret}`;
  const text = `${address} was added as ${what} of ${org.settings.name}.\n\nFollow this link to verify it:\n${link}\n`;
  sendSystemMail(org, { to: address, subject, text, category: 'emailVerification' });
}

/** Does what following the link does. @returns the address; undefined for a link that leads to none (any more) */
export function verifyByLink(org: OrgState, secret: string): string | undefined {
  const verification = org.documents.get(KIND, secret) as Verification | undefined;
  if (verification === undefined) return undefined;
  const row = org.records.get(verification.sobject, verification.recordId);
  if (row === undefined) return undefined;
  org.transaction(() => {
    setVerified(org, verification.sobject, row.Id, true);
  });
  return fieldText(row['Address']);
}

/** Marks an address as verified, or as not. */
export function setVerified(org: OrgState, sobject: VerifiedObject, recordId: string, isVerified: boolean): void {
  if (sobject === 'EmailRoutingAddress') {
    putRoutingDetails(org, recordId, { ...routingDetails(org, recordId), isVerified });
  } else org.records.update(sobject, recordId, { IsVerified: isVerified }, org.settings.adminUserId);
}
