import { z } from 'zod';

import { orderKeyOf } from '../session/session.ts';
import type { StoredEvent } from '../store/handoff-store.ts';
import { jsonBody } from './json-body.ts';

/** What people know an event of a session by. */
export interface EventSession {
  readonly sessionId: string;
  readonly caseId?: string;
  /** Subject, text of the message, or reason, in a line and cut short. */
  readonly about?: string;
}

const longestAbout = 200;
const prefix = orderKeyOf('');

/** What is looked at of a body; one that was edited for a replay may hold anything. */
const bodySchema = z.object({
  caseId: z.string().optional().catch(undefined),
  subject: z.string().optional().catch(undefined),
  summary: z.string().optional().catch(undefined),
  text: z.string().optional().catch(undefined),
  reason: z.string().optional().catch(undefined),
  message: z.object({ text: z.string() }).optional().catch(undefined),
  agent: z.object({ name: z.string() }).optional().catch(undefined),
});

/** @returns undefined of an event that is a Case's */
export function sessionOfEvent({ orderKey, body }: Pick<StoredEvent, 'orderKey' | 'body'>): EventSession | undefined {
  if (!orderKey.startsWith(prefix)) return undefined;
  const sessionId = orderKey.slice(prefix.length);
  const read = bodySchema.safeParse(jsonBody(body));
  if (!read.success) return { sessionId };
  const { caseId, message, text, subject, reason, summary, agent } = read.data;
  const about = message?.text ?? text ?? subject ?? reason ?? summary ?? agent?.name;
  return {
    sessionId,
    ...(caseId === undefined ? {} : { caseId }),
    ...(about === undefined ? {} : { about: inALine(about) }),
  };
}

/** Half a character at the end becomes another one, which JSON can carry. */
function inALine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, longestAbout).toWellFormed();
}
