import { z } from 'zod';

import { sessionState } from './session-json.ts';

export const handoffTaken = z
  .strictObject({
    sessionId: z.string(),
    eventId: z.string().describe('The handoff in the store; of one that came again the first.'),
    state: sessionState.describe('Of the session by now.'),
  })
  .describe('The handoff is on the disk, and is carried to Salesforce.');

export const messageTaken = z
  .strictObject({
    messageId: z.string().describe('The id it was given with, or the one it has got.'),
    eventId: z.string().describe('The message in the store; of one that came again the first.'),
  })
  .describe('The message is on the disk, and is carried to Salesforce.');

/** RFC 9457. */
export const problemJson = z
  .strictObject({
    type: z.string().describe('Names the kind of problem.'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().exactOptional().describe('JSON Pointer into the body.'),
          parameter: z.string().exactOptional().describe('Of the query.'),
          message: z.string(),
        }),
      )
      .exactOptional()
      .describe('What does not fit, by name; never its value.'),
  })
  .describe('Why a request was not taken.');

export type HandoffTaken = z.output<typeof handoffTaken>;
export type MessageTaken = z.output<typeof messageTaken>;
export type ProblemJson = z.output<typeof problemJson>;
