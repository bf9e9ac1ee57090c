import { z } from 'zod';

import { sessionStates } from '../../session/session.ts';
import { sessionPlace } from './session-place.ts';

const id = z.string().regex(/^[\w-]{1,100}$/);
const count = (most: number) => z.coerce.number().pipe(z.int().min(1).max(most));

/** Query of `GET /v1/sessions`. */
export const sessionsQuery = z.strictObject({
  state: z.enum(sessionStates).exactOptional(),
  channel: z.enum(['email', 'messaging']).exactOptional().describe('messaging: all that are no email.'),
  caseId: id.exactOptional(),
  conversationId: id.exactOptional(),
  contains: z
    .string()
    .regex(/^[\s\S]{1,500}$/u)
    .exactOptional()
    .describe('In id, contact, subject or Case number; in any case.'),
  before: z.string().regex(sessionPlace).exactOptional().describe('What follows a page: its `before`.'),
  limit: count(500).prefault(50),
});

/** Query of `GET /v1/events` and `GET /v1/sessions/{id}/events`. */
export const eventsQuery = z.strictObject({
  after: z.coerce
    .number()
    .pipe(z.int().min(0))
    .exactOptional()
    .describe('Only events after this sequence; absent: from the beginning. A Last-Event-ID wins over it.'),
  limit: count(500).prefault(100).describe('Of a page of JSON.'),
});
