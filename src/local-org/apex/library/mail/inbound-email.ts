import { PlatformObject } from '../../values/platform-object.ts';
import type { NativeClass } from '../native.ts';
import { propertyMethods } from '../native.ts';

/** A class that is its fields and nothing else. */
function fieldsOnly(name: string, ...names: readonly string[]): NativeClass {
  return {
    name,
    construct: (_run, _args, type) => new PlatformObject(type),
    fields: propertyMethods(...names).fields,
  };
}

/** Mail as handlers of Apex email services see it. The local org runs no email services; tests of handlers make their own. */
export const inboundEmailClasses: readonly NativeClass[] = [
  fieldsOnly(
    'Messaging.InboundEmail',
    'binaryAttachments',
    'ccAddresses',
    'fromAddress',
    'fromName',
    'headers',
    'htmlBody',
    'htmlBodyIsTruncated',
    'inReplyTo',
    'messageId',
    'plainTextBody',
    'plainTextBodyIsTruncated',
    'references',
    'replyTo',
    'subject',
    'textAttachments',
    'toAddresses',
  ),
  fieldsOnly('Messaging.InboundEmail.Header', 'name', 'value'),
  fieldsOnly('Messaging.InboundEmail.BinaryAttachment', 'body', 'fileName', 'headers', 'mimeTypeSubType'),
  fieldsOnly(
    'Messaging.InboundEmail.TextAttachment',
    'body',
    'bodyIsTruncated',
    'charset',
    'fileName',
    'headers',
    'mimeTypeSubType',
  ),
  fieldsOnly('Messaging.InboundEmailResult', 'message', 'success'),
  fieldsOnly('Messaging.InboundEnvelope', 'fromAddress', 'toAddress'),
];
