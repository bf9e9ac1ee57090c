import { z } from 'zod';

/** `result` of `messaging token --json`; never a token. */
export const messagingTokenResultSchema = z.strictObject({
  scrtUrl: z.string(),
  organizationId: z.string().describe('15 characters.'),
  deployment: z.string().describe('ES Developer Name that was asked for.'),
  identity: z
    .strictObject({
      algorithm: z.string(),
      kid: z.string(),
      issuer: z.string(),
      subject: z.string().describe('"sub" of the identity token.'),
    })
    .nullable()
    .describe('What was signed; null with --anonymous.'),
  subject: z.string().nullable().describe('Whom Salesforce takes the contact for.'),
  verified: z.boolean().describe('Whether that is a verified contact (/AUTH/).'),
  expiresAt: z.string().nullable().describe('ISO 8601, by the clock of this machine.'),
  lifetimeSeconds: z.number().nullable(),
  clockSkewSeconds: z.number().nullable().describe('How far the clock of the org is ahead of that of this machine.'),
  deploymentType: z.string().nullable().describe('"api" is the one that this API works with.'),
  authMode: z.string().nullable().describe('Auth or UnAuth, of the channel.'),
  revoked: z.boolean().describe('Whether the token was given back.'),
});

export type MessagingTokenResult = z.infer<typeof messagingTokenResultSchema>;
