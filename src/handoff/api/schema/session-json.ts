import { z } from 'zod';

import { maskedTarget } from '../../export/masked.ts';
import { sessionChannels, sessionStates, type Session } from '../../session/session.ts';

export const sessionState = z.enum(sessionStates);

/** A session as it is shown. */
export const sessionJson = z
  .strictObject({
    id: z.string(),
    channel: z.enum(sessionChannels),
    origin: z
      .enum(['handoff', 'case'])
      .describe('handoff: OpenCX handed it off · case: a mail to Salesforce began it.'),
    state: sessionState.describe(
      'handing-off: not in Salesforce yet · open: the AI may answer · handedOff: a representative is at it · resolved · failed.',
    ),
    contact: z.strictObject({
      id: z.string().exactOptional(),
      name: z.string().exactOptional(),
      email: z.string().exactOptional(),
    }),
    subject: z.string().exactOptional(),
    language: z.string().exactOptional(),
    handoffEventId: z.string().exactOptional(),
    callbackUrl: z.string().exactOptional().describe('Its secret parts masked.'),
    caseId: z.string().exactOptional(),
    caseNumber: z.string().exactOptional(),
    contactId: z.string().exactOptional().describe('Contact in Salesforce.'),
    conversationId: z.string().exactOptional(),
    messagingSessionId: z.string().exactOptional(),
    createdAt: z.string().describe('ISO 8601, UTC.'),
    updatedAt: z.string().describe('ISO 8601, UTC.'),
  })
  .describe('An OpenCX session as it stands in Salesforce.');

export const sessionPage = z
  .strictObject({
    sessions: z.array(sessionJson).describe('The one changed last first.'),
    before: z.string().exactOptional().describe('What to ask for next; absent if there are no more.'),
  })
  .describe('Sessions.');

export type SessionPage = z.output<typeof sessionPage>;
type SessionJson = z.output<typeof sessionJson>;
/** Does not compile with a field that is not shown: one that sessions get anew is shown or left out, but by nobody's oversight. */
type NothingElse<T> = { readonly [Key in keyof T]: Key extends keyof SessionJson ? T[Key] : never };

export function sessionToJson({
  callbackUrl,
  entries: _entries,
  createdAt,
  updatedAt,
  ...session
}: Session): SessionJson {
  return {
    ...(session satisfies NothingElse<typeof session>),
    ...(callbackUrl === undefined ? {} : { callbackUrl: maskedTarget(callbackUrl) }),
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
  };
}
