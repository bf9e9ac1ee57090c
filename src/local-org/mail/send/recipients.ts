import { isEmailAddress } from '../../records/save/coerce-value.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { toId18 } from '../../store/record-id.ts';
import { recipientsPerMail } from './daily-limit.ts';
import { MailRefused } from './outgoing-mail.ts';
import type { OutgoingMail } from './outgoing-mail.ts';

export interface Recipients {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  /** How many of them count against the day: a user named as target object does not. */
  readonly counted: number;
}

/** Recipients of all fields together (SingleEmailMessage reference). */
const MAX_RECIPIENTS = 150;
/** Bytes of one address field. */
const MAX_FIELD_BYTES = 4000;

const FIELDS = ['toAddresses', 'ccAddresses', 'bccAddresses'] as const;

/**
 * The addresses a mail goes to.
 * @throws MailRefused for addresses that are none, ids that cannot be written to, and too many of them
 */
export function recipientsOf(org: OrgState, mail: OutgoingMail): Recipients {
  const [to, cc, bcc] = FIELDS.map((field) => mail[field].flatMap((given) => addressOf(org, mail, field, given)));
  const target = targetOf(org, mail);
  const given = [...(to ?? []), ...(cc ?? []), ...(bcc ?? [])].length;
  const all = given + (target === undefined ? 0 : 1);
  if (all === 0) throw new MailRefused('REQUIRED_FIELD_MISSING', 'Add a recipient to send an email.');
  const most = Math.min(MAX_RECIPIENTS, recipientsPerMail(org));
  if (all > most) throw new MailRefused('LIMIT_EXCEEDED', `A mail may have ${most} recipients; this one has ${all}.`);
  return {
    to: [...(target === undefined ? [] : [target.address]), ...(to ?? [])],
    cc: cc ?? [],
    bcc: bcc ?? [],
    counted: given + (target === undefined || target.isUser ? 0 : 1),
  };
}

function addressOf(org: OrgState, mail: OutgoingMail, field: (typeof FIELDS)[number], given: string): string[] {
  if (Buffer.byteLength(mail[field].join(';')) > MAX_FIELD_BYTES) {
    throw new MailRefused('STRING_TOO_LONG', `${field}: data value too large (max length=${MAX_FIELD_BYTES})`, [field]);
  }
  const person = given.includes('@') ? undefined : personOf(org, given);
  if (person === undefined) {
    if (isEmailAddress(given)) return [given];
    throw new MailRefused('INVALID_EMAIL_ADDRESS', `Email address is invalid: ${given}`, [field, given]);
  }
  const address = fieldText(person['Email']);
  if (!isEmailAddress(address)) {
    throw new MailRefused('INVALID_EMAIL_ADDRESS', `Email address is invalid: ${address}`, [field, given]);
  }
  if (person['HasOptedOutOfEmail'] === true && mail.optOutPolicy === 'FILTER') return [];
  if (person['HasOptedOutOfEmail'] === true && mail.optOutPolicy === 'REJECT') {
    throw new MailRefused('EMAIL_OPTED_OUT', `The recipient has opted out of email: ${given}`, [field, given]);
  }
  return [address];
}

/** Contact or user by id; leads are no object of this org. */
function personOf(org: OrgState, id: string): StoredRecord | undefined {
  const id18 = toId18(id);
  if (id18 === undefined) return undefined;
  if (id18.startsWith('003')) return org.records.get('Contact', id18);
  return id18.startsWith('005') ? org.records.get('User', id18) : undefined;
}

function targetOf(org: OrgState, mail: OutgoingMail): { address: string; isUser: boolean } | undefined {
  const id = mail.targetObjectId;
  if (id === undefined) return undefined;
  const person = personOf(org, id);
  if (person === undefined) {
    const message = 'Only User, Contact, Lead, or Person objects are allowed for targetObjectId';
    throw new MailRefused('INVALID_ID_FIELD', message, ['targetObjectId', id], id);
  }
  const isUser = person.Id.startsWith('005');
  if (isUser && mail.saveAsActivity) {
    const message = 'saveAsActivity must be false when sending mail to users.';
    throw new MailRefused('INVALID_SAVE_AS_ACTIVITY_FLAG', message, ['saveAsActivity', 'true'], id);
  }
  if (isUser && mail.whatId !== undefined) {
    const message = 'WhatId is not available for sending emails to UserIds.';
    throw new MailRefused('INVALID_ID_FIELD', message, ['whatId', mail.whatId], id);
  }
  if (!mail.treatTargetObjectAsRecipient) return undefined;
  const address = fieldText(person['Email']);
  if (!isEmailAddress(address)) {
    const message = `The target object's email address "${address === '' ? 'null' : address}" is not valid`;
    throw new MailRefused('INVALID_EMAIL_ADDRESS', message, [], id);
  }
  return { address, isUser };
}
