import type { MailAttachment, OutboxMail } from '../outbox/outbox.ts';

/** What `Messaging.sendEmail` is handed for one mail. Recipients are addresses, or ids of users and contacts. */
export interface OutgoingMail {
  /** The running user. */
  readonly userId: string;
  readonly toAddresses: readonly string[];
  readonly ccAddresses: readonly string[];
  readonly bccAddresses: readonly string[];
  /** A contact or a user. */
  readonly targetObjectId?: string;
  readonly treatTargetObjectAsRecipient: boolean;
  readonly whatId?: string;
  readonly orgWideEmailAddressId?: string;
  readonly senderDisplayName?: string;
  readonly replyTo?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  /** Message-IDs. */
  readonly inReplyTo?: string;
  readonly references?: string;
  readonly attachments: readonly MailAttachment[];
  readonly saveAsActivity: boolean;
  readonly useSignature: boolean;
  /** Whether the sender gets a blind copy. */
  readonly bccSender: boolean;
  readonly priority?: 'Highest' | 'High' | 'Normal' | 'Low' | 'Lowest';
  /** What the Email Opt Out of contacts named by their id means. */
  readonly optOutPolicy?: 'SEND' | 'FILTER' | 'REJECT';
}

/** Why a mail was not accepted, as `Messaging.SendEmailError` says it. */
export interface MailProblem {
  /** A constant of `System.StatusCode`. */
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
  readonly targetObjectId: string | undefined;
}

export type SendOutcome =
  | {
      readonly success: true;
      /** Undefined where nothing was to be delivered. */ readonly mail: OutboxMail | undefined;
    }
  | { readonly success: false; readonly problem: MailProblem };

/** Thrown by whatever refuses a mail. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
  readonly problem: MailProblem;

  constructor(statusCode: string, message: string, fields: readonly string[] = [], targetObjectId?: string) {
    super(message);
    this.problem = { statusCode, message, fields, targetObjectId };
  }
}
