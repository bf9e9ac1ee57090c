import type { NativeClass } from '../native.ts';
import { inboundEmailClasses } from './inbound-email.ts';
import { messagingClass } from './messaging.ts';
import { sendEmailErrorClass, sendEmailResultClass } from './send-email-result.ts';
import { emailClass, emailFileAttachmentClass, singleEmailMessageClass } from './single-email-message.ts';
import { casesClass, emailMessagesClass } from './threading.ts';

/** Classes for sending mail, and for finding out which case a mail belongs to. */
export const mailLibrary: readonly NativeClass[] = [
  casesClass,
  emailClass,
  emailFileAttachmentClass,
  emailMessagesClass,
  ...inboundEmailClasses,
  messagingClass,
  sendEmailErrorClass,
  sendEmailResultClass,
  singleEmailMessageClass,
];
