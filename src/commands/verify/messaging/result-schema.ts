import { z } from 'zod';

import { rungIds } from '../../../diagnose/messaging/ladder.ts';
import { stageSchema } from '../timeline/timeline-result.ts';

/** `result` of `verify messaging --json`. */
export const verifyMessagingResultSchema = z.strictObject({
  organizationId: z.string(),
  deployment: z.string().describe('ES Developer Name.'),
  scrtUrl: z.string(),
  mark: z.string().describe('In the messages of the test.'),
  sessionId: z.string().describe('UUID that stood for an OpenCX session.'),
  conversationId: z.string().optional().describe('Missing if it did not come to a conversation.'),
  rungs: z.array(stageSchema(rungIds)).describe('In order; what comes after a rung that failed was not tried.'),
});

export type VerifyMessagingResult = z.infer<typeof verifyMessagingResultSchema>;
