import { z } from 'zod';

import { changesSchema, organizationSchema } from '../setup/plan-schema.ts';

/** `result` of `destroy --json`. */
export const destroyResultSchema = z.strictObject({
  organization: organizationSchema,
  dryRun: z.boolean(),
  changes: changesSchema.describe('What was done, or would be, in order.'),
  kept: z.array(z.strictObject({ what: z.string(), why: z.string() })).describe('What stays in the org, and why.'),
});

export type DestroyResult = z.infer<typeof destroyResultSchema>;
