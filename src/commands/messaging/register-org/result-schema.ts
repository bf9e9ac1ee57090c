import { z } from 'zod';

import { manualTaskSchema, setupPlanSchema } from '../../setup/plan-schema.ts';
import { stepIds } from '../../../provision/setup/plan/setup-plan.ts';

const registration = z.strictObject({
  deployment: z.strictObject({ name: z.string(), type: z.string() }).optional(),
  channel: z
    .strictObject({
      name: z.string(),
      isActive: z.boolean(),
      authMode: z.string().describe('Auth or UnAuth.'),
      flow: z.string().optional().describe('Omni-Channel flow that it routes by.'),
    })
    .optional(),
  keyset: z
    .strictObject({
      name: z.string(),
      issuer: z.string(),
      keys: z.array(z.string()).describe('API names of its keys.'),
      enabled: z.boolean().describe('The channel verifies users by it.'),
    })
    .optional(),
  parameters: z
    .array(
      z.strictObject({
        name: z.string(),
        present: z.boolean().describe('The channel takes it.'),
        variables: z.array(z.string()).describe('Variables of the flow that get it.'),
      }),
    )
    .describe('The routing attributes of OpenCX.'),
});

/** `result` of `messaging register --json`. */
export const messagingRegisterResultSchema = z.strictObject({
  dryRun: z.boolean(),
  kid: z.string().nullable().describe('Key id of the present key: the Auth Key ID of OpenCX.'),
  registration: registration.nullable().describe('What the org says, read back; null for --print.'),
  published: z
    .enum(['now', 'unchanged', 'not'])
    .describe('Whether this run published the deployment; no API tells whether an earlier one is as it is now.'),
  plan: setupPlanSchema.nullable().describe('What was to be done; null for --print.'),
  steps: z.array(
    z.strictObject({
      id: z.enum(stepIds),
      status: z.enum(['done', 'unchanged', 'off', 'blocked', 'skipped', 'failed']),
      reason: z.string().optional(),
    }),
  ),
  manual: z.array(manualTaskSchema).describe('What a person must still do; for --print all of it.'),
});

export type MessagingRegisterResult = z.infer<typeof messagingRegisterResultSchema>;
