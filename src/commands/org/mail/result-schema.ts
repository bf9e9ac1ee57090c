import { z } from 'zod';

const mailbox = z.strictObject({ name: z.string(), address: z.string() });

/** What a list shows of a mail. */
const mailSummarySchema = z.strictObject({
  id: z.string(),
  status: z.enum(['sent', 'discarded']),
  logLine: z.string().describe('Line of the email log.'),
  createdDate: z.string(),
  userId: z.string(),
  messageId: z.string(),
  from: mailbox,
  replyTo: z.string().optional(),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  bcc: z.array(z.string()),
  subject: z.string(),
  inReplyTo: z.string().optional(),
  references: z.string().optional(),
  headers: z.record(z.string(), z.string()),
  attachments: z.array(z.string()).describe('Names of the files.'),
  relay: z.strictObject({ state: z.enum(['pending', 'sent', 'failed']), detail: z.string() }).optional(),
});

/** `result` of `org mail list --json`. */
export const orgMailListResultSchema = z.strictObject({ mail: z.array(mailSummarySchema) });

/** `result` of `org mail show --json`. */
export const orgMailShowResultSchema = z.strictObject({
  ...mailSummarySchema.shape,
  text: z.string().optional(),
  html: z.string().optional(),
  attachments: z.array(
    z.strictObject({
      fileName: z.string(),
      contentType: z.string().optional(),
      inline: z.boolean(),
      base64: z.string(),
    }),
  ),
  eml: z.string().optional().describe('The message as it went out, with --eml.'),
});

/** `result` of `org mail receive --json`. */
export const orgMailReceiveResultSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.enum(['created', 'threaded']),
    by: z.enum(['token', 'header']).optional().describe('What led to the case it answers.'),
    caseId: z.string(),
    caseNumber: z.string(),
    emailMessageId: z.string(),
    fileIds: z.array(z.string()),
  }),
  z.strictObject({ outcome: z.literal('ignored'), reason: z.string(), detail: z.string() }),
  z.strictObject({
    outcome: z.literal('failed'),
    errors: z.array(z.strictObject({ statusCode: z.string(), message: z.string(), fields: z.array(z.string()) })),
  }),
]);

export type OrgMailListResult = z.infer<typeof orgMailListResultSchema>;
export type OrgMailShowResult = z.infer<typeof orgMailShowResultSchema>;
export type OrgMailReceiveResult = z.infer<typeof orgMailReceiveResultSchema>;
