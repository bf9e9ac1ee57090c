import { saveTransaction } from '../../records/save/save-chunks.ts';
import { SaveAborted } from '../../records/save/save-error.ts';
import type { OrgState } from '../../state/org-state.ts';
import { mailSettings } from '../mail-settings.ts';
import { automatedCaseUser } from './automated-process.ts';
import { findThread } from './find-thread.ts';
import { parseMail } from './incoming-mail.ts';
import type { IncomingMail } from './incoming-mail.ts';
import type { IgnoredBecause, ReceiveOutcome } from './receive-outcome.ts';
import { MailNotSaved, savedObjects, saveMail } from './save-mail.ts';
import { listRoutingAddresses, sameAddress } from '../routing/routing-address.ts';
import type { RoutingAddress } from '../routing/routing-address.ts';

/** Bytes of a mail with all its parts (Email-to-Case limits). */
const MAX_MAIL_BYTES = 25 * 1024 * 1024;

/**
 * Takes a raw RFC 5322 message through Email-to-Case: a new case, or a message on the case it answers. Triggers fire; all
 * of it is one transaction.
 * @throws MailNotReadable
 */
export async function receiveMail(org: OrgState, raw: Uint8Array): Promise<ReceiveOutcome> {
  if (raw.byteLength > MAX_MAIL_BYTES) return ignored('too-large', `${raw.byteLength} bytes`);
  const mail = await parseMail(raw);
  const routing = routingAddressOf(org, mail);
  if ('outcome' in routing) return routing;
  try {
    const userId = automatedCaseUser(org);
    return saveTransaction(org, savedObjects, userId, () =>
      saveMail(org, userId, mail, routing, findThread(org, mail)),
    );
  } catch (error) {
    if (error instanceof MailNotSaved) return { outcome: 'failed', errors: error.errors };
    if (error instanceof SaveAborted) return { outcome: 'failed', errors: [error.error] };
    throw error;
  }
}

function ignored(reason: IgnoredBecause, detail: string): ReceiveOutcome & { outcome: 'ignored' } {
  return { outcome: 'ignored', reason, detail };
}

/** The routing address a mail came through, or why it is not taken. */
function routingAddressOf(
  org: OrgState,
  mail: IncomingMail,
): RoutingAddress | (ReceiveOutcome & { outcome: 'ignored' }) {
  if (!mailSettings(org).emailToCase) return ignored('email-to-case-off', 'Email-to-Case is not enabled');
  const known = listRoutingAddresses(org);
  const targets = [...mail.deliveredTo, ...mail.to, ...mail.cc];
  const reached = known.filter(({ emailAddress, emailServicesAddress }) =>
    targets.some((target) => sameAddress(target, emailAddress) || sameAddress(target, emailServicesAddress)),
  );
  const [first] = reached;
  if (first === undefined) return ignored('no-routing-address', `to ${targets.join(', ')}`);
  const routing = reached.find(({ isVerified }) => isVerified);
  if (routing === undefined) return ignored('not-verified', first.emailAddress);
  const sender = mail.from.address;
  if (!isAuthorized(routing, sender)) return ignored('unauthorized-sender', sender);
  if (known.some(({ emailAddress }) => sameAddress(emailAddress, sender)))
    return ignored('own-routing-address', sender);
  if (isSalesforceAutoResponse(mail)) return ignored('auto-response', sender);
  if (mail.messageId !== undefined && isKnown(org, mail.messageId)) return ignored('duplicate', mail.messageId);
  return routing;
}

function isAuthorized({ authorizedSenders }: RoutingAddress, sender: string): boolean {
  const allowed = authorizedSenders.split(/[\s,;]+/).filter((one) => one !== '');
  if (allowed.length === 0) return true;
  const domain = sender.slice(sender.lastIndexOf('@') + 1);
  return allowed.some((one) => sameAddress(one, sender) || sameAddress(one.replace(/^@/, ''), domain));
}

/** Answers of auto-response rules, of this or another org, are neither attached to a case nor do they make one. */
function isSalesforceAutoResponse({ headers }: IncomingMail): boolean {
  const value = (name: string): string =>
    headers
      .find((header) => header.name.toLowerCase() === name)
      ?.value.trim()
      .toLowerCase() ?? '';
  return value('x-sfdc-lk') !== '' && /^auto-(?:replied|generated)/.test(value('auto-submitted'));
}

function isKnown(org: OrgState, messageId: string): boolean {
  return org.records.find('EmailMessage', { MessageIdentifier: messageId }).some((row) => row['Incoming'] === true);
}
