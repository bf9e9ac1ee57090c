import { z } from 'zod';

/** `result` of `verify gmail-code --json`; null where there is no such mail. */
export const gmailCodeResultSchema = z.strictObject({
  code: z.string().optional().describe('What is entered at the provider; absent where its mail has a link alone.'),
  link: z
    .string()
    .optional()
    .describe('Confirms the forwarding when it is opened; of the hosts of the provider alone.'),
  provider: z.enum(['gmail', 'outlook', 'fastmail', 'other']),
  messageId: z.string().describe('Of the EmailMessage.'),
  caseId: z.string().optional(),
  receivedAt: z.string().describe('ISO 8601, UTC.'),
  ageSeconds: z.number().int(),
  mailbox: z.string().optional().describe('Whose mail is to be forwarded.'),
  target: z.string().optional().describe('The address that it is to be forwarded to.'),
});

export type GmailCodeResult = z.infer<typeof gmailCodeResultSchema>;
