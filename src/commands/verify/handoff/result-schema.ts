import { z } from 'zod';

import { stageIds } from '../../../diagnose/handoff/stage.ts';
import { stageSchema } from '../timeline/timeline-result.ts';

const record = z.strictObject({
  sobject: z.enum(['Case', 'CaseComment', 'EmailMessage']),
  id: z.string(),
  fate: z
    .enum(['deleted', 'kept', 'left', 'unknown'])
    .describe('left: it could not be deleted; unknown: the org could not be asked any more.'),
  reason: z.string().optional(),
});

/** `result` of `verify handoff --json`. */
export const verifyHandoffResultSchema = z.strictObject({
  organizationId: z.string(),
  channel: z.literal('email'),
  mark: z.string().describe('In the subject of all that was made.'),
  to: z.string().describe('Where the test mail went.'),
  stages: z
    .array(stageSchema(stageIds))
    .describe('In order; where the run was interrupted, those that had begun, and clean-up.'),
  records: z.array(record).describe('All that was made or came of it.'),
});

export type VerifyHandoffResult = z.infer<typeof verifyHandoffResultSchema>;
