import { PlatformObject } from '../../values/platform-object.ts';
import type { NativeClass } from '../native.ts';
import { propertyMethods } from '../native.ts';

/** Templates (`setTemplateId`, `setTreatBodiesAsTemplate`) and one-click unsubscribing are not implemented. */
export const singleEmailMessageClass: NativeClass = {
  name: 'Messaging.SingleEmailMessage',
  construct: (_run, _args, type) =>
    new PlatformObject(type, [
      ['SaveAsActivity', true],
      ['UseSignature', true],
      ['BccSender', false],
      ['TreatTargetObjectAsRecipient', true],
    ]),
  ...propertyMethods(
    'BccAddresses',
    'CcAddresses',
    'Charset',
    'EntityAttachments',
    'FileAttachments',
    'HtmlBody',
    'InReplyTo',
    'OptOutPolicy',
    'OrgWideEmailAddressId',
    'PlainTextBody',
    'References',
    'SaveAsActivity',
    'Subject',
    'TargetObjectId',
    'ToAddresses',
    'TreatTargetObjectAsRecipient',
    'WhatId',
  ),
};

/** What all mails have. It cannot be sent itself. */
export const emailClass: NativeClass = {
  name: 'Messaging.Email',
  ...propertyMethods(
    'BccSender',
    'EmailPriority',
    'ReplyTo',
    'SaveAsActivity',
    'SenderDisplayName',
    'Subject',
    'UseSignature',
  ),
};

export const emailFileAttachmentClass: NativeClass = {
  name: 'Messaging.EmailFileAttachment',
  construct: (_run, _args, type) => new PlatformObject(type, [['Inline', false]]),
  ...propertyMethods('Body', 'ContentType', 'FileName', 'Inline'),
};
