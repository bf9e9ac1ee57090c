import type { MailAttachment } from '../../../mail/outbox/outbox.ts';
import type { OutgoingMail } from '../../../mail/send/outgoing-mail.ts';
import type { Run } from '../../run/run.ts';
import { ApexBlob } from '../../values/blob.ts';
import { ApexList } from '../../values/collections/list.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import type { Value } from '../../values/value.ts';
import { nullPointer } from '../native.ts';
import { entityAttachment } from './entity-attachment.ts';

const PRIORITIES = ['Highest', 'High', 'Normal', 'Low', 'Lowest'] as const;
const OPT_OUT_POLICIES = ['SEND', 'FILTER', 'REJECT'] as const;

/**
 * What a `Messaging.SingleEmailMessage` asks for.
 * @throws ApexThrown for null, MailRefused for an attachment by id that is not there
 */
export function readMessage(run: Run, value: Value): OutgoingMail {
  if (!(value instanceof PlatformObject)) throw nullPointer();
  const text = <K extends string>(key: K, property: string): { [P in K]?: string } => {
    const given = value.get(property);
    return typeof given === 'string' ? ({ [key]: given } as { [P in K]?: string }) : {};
  };
  const priority = oneOf(PRIORITIES, value.get('EmailPriority'));
  const optOutPolicy = oneOf(OPT_OUT_POLICIES, value.get('OptOutPolicy'));
  return {
    userId: run.userId,
    toAddresses: texts(value.get('ToAddresses')),
    ccAddresses: texts(value.get('CcAddresses')),
    bccAddresses: texts(value.get('BccAddresses')),
    ...text('targetObjectId', 'TargetObjectId'),
    treatTargetObjectAsRecipient: value.get('TreatTargetObjectAsRecipient') !== false,
    ...text('whatId', 'WhatId'),
    ...text('orgWideEmailAddressId', 'OrgWideEmailAddressId'),
    ...text('senderDisplayName', 'SenderDisplayName'),
    ...text('replyTo', 'ReplyTo'),
    ...text('subject', 'Subject'),
    ...text('text', 'PlainTextBody'),
    ...text('html', 'HtmlBody'),
    ...text('inReplyTo', 'InReplyTo'),
    ...text('references', 'References'),
    attachments: [
      ...items(value.get('FileAttachments')).map(fileAttachment),
      ...texts(value.get('EntityAttachments')).map((id) => entityAttachment(run.org, id)),
    ],
    saveAsActivity: value.get('SaveAsActivity') !== false,
    useSignature: value.get('UseSignature') !== false,
    bccSender: value.get('BccSender') === true,
    ...(priority === undefined ? {} : { priority }),
    ...(optOutPolicy === undefined ? {} : { optOutPolicy }),
  };
}

function items(list: Value): readonly Value[] {
  return list instanceof ApexList ? list.items : [];
}

/** Null among the addresses is as wrong as any text that is none. */
function texts(list: Value): string[] {
  return items(list).map((item) => (typeof item === 'string' ? item : ''));
}

function fileAttachment(value: Value): MailAttachment {
  if (!(value instanceof PlatformObject)) throw nullPointer();
  const body = value.get('Body');
  const fileName = value.get('FileName');
  const contentType = value.get('ContentType');
  return {
    fileName: typeof fileName === 'string' ? fileName : '',
    ...(typeof contentType === 'string' ? { contentType } : {}),
    inline: value.get('Inline') === true,
    base64: body instanceof ApexBlob ? Buffer.from(body.bytes).toString('base64') : '',
  };
}

function oneOf<T extends string>(known: readonly T[], value: Value): T | undefined {
  return known.find((one) => typeof value === 'string' && one.toLowerCase() === value.toLowerCase());
}
