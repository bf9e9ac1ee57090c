import { z } from 'zod';

import { RestError } from '../../http/rest-error.ts';

const minutes = z.number().positive().nullable();

const SCHEMAS = {
  settings: z
    .strictObject({
      invalidIdentity: z.enum(['refuse', 'anonymous']),
      sessionStart: z.enum(['create', 'message']),
      duplicateMessageIds: z.enum(['same-entry', 'new-entry']),
      acceptLongOrgId: z.boolean(),
      replay: z.enum(['on', 'off']),
      rateLimits: z.boolean(),
      retryAfter: z.boolean(),
      pingSeconds: z.number().positive().max(3600),
      inactivityMinutes: minutes,
      autoEndMinutes: minutes,
      autoAccept: z.boolean(),
      streamDuplicates: z.boolean(),
      streamReorder: z.boolean(),
    })
    .partial(),
  agent: z.strictObject({
    username: z.string().min(1),
    name: z.string().min(1).optional(),
    queues: z.array(z.string()).optional(),
    online: z.boolean().default(true),
    capacity: z.number().int().min(1).max(1000).optional(),
  }),
  decline: z.strictObject({ reason: z.string().optional() }),
  reply: z.strictObject({ text: z.string().min(1) }),
  typing: z.strictObject({ isTyping: z.boolean().default(true) }),
  transfer: z.strictObject({ queue: z.string().min(1) }),
  file: z.strictObject({
    name: z.string().min(1),
    mimeType: z.string().default('application/octet-stream'),
    base64: z.base64(),
    text: z.string().default(''),
  }),
  cut: z.strictObject({ afterBytes: z.number().int().min(0).optional() }),
} as const;

/** What each control request on Live Messaging carries. */
export type MessagingRequests = { [K in keyof typeof SCHEMAS]: z.infer<(typeof SCHEMAS)[K]> };

/** Checks a control request's body. @throws RestError 400 */
export function readMessagingRequest<K extends keyof MessagingRequests>(kind: K, body: unknown): MessagingRequests[K] {
  const result = SCHEMAS[kind].safeParse(body);
  if (result.success) return result.data as MessagingRequests[K];
  throw new RestError(400, 'INVALID_REQUEST', z.prettifyError(result.error));
}
