/** A mail as it went out. */
export interface SentMail {
  id: string;
  /** Discarded mail was accepted, and left nothing behind but its line in the email log. */
  status: 'sent' | 'discarded';
  /** Line of the email log. */
  logLine: string;
  from: { address: string };
  replyTo?: string | undefined;
  to: readonly string[];
  subject: string;
  text?: string | undefined;
  html?: string | undefined;
  /** With angle brackets. */
  messageId: string;
  references?: string | undefined;
}

/** What became of a mail that was given to the org. */
export type ReceivedReply =
  | {
      outcome: 'created' | 'threaded';
      /** What led to the Case it answers. */
      by?: 'token' | 'header' | undefined;
      caseId: string;
      caseNumber: string;
      emailMessageId: string;
    }
  | { outcome: 'ignored'; reason: string; detail: string }
  | { outcome: 'failed'; errors: readonly { statusCode: string; message: string }[] };
