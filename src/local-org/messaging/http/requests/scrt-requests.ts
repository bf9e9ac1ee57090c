import { z } from 'zod';

import { badRequest } from '../scrt-error.ts';

/** Bodies of the Enhanced Chat API v2. That members it does not name are refused is known of v1 and taken over here. */
const esDeveloperName = z.string().regex(/^[A-Za-z]\w*$/, 'is letters, digits and underscores, a letter first');
const attributes = z.record(z.string(), z.string()).optional();
const language = z.string().min(2).optional();
const isNewMessagingSession = z.boolean().default(false);

const LOWER_UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const uuid = z.string().regex(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i, 'is no UUID');

const tokenMembers = {
  orgId: z.string(),
  esDeveloperName,
  /** "62" adds progress indicators, "63" streaming tokens: no agent of the local org sends either. */
  capabilitiesVersion: z.enum(['1', '62', '63']),
  platform: z.enum(['Web', 'Android', 'iOS']),
  deviceId: z.string().optional(),
  captchaToken: z.string().optional(),
  /** Documented as required; the official sample leaves it out. */
  context: z.strictObject({ appName: z.string(), clientVersion: z.string() }).optional(),
};

const sessionMembers = { esDeveloperName, isNewMessagingSession, routingAttributes: attributes, language };

const SCHEMAS = {
  guest: z.strictObject(tokenMembers),
  verified: z.strictObject({
    ...tokenMembers,
    authorizationType: z.literal('JWT'),
    customerIdentityToken: z.string().min(1),
  }),
  conversation: z.strictObject({
    conversationId: z
      .string()
      .regex(LOWER_UUID, 'Specify the conversationId in UUID format. The UUID must be in lowercase.'),
    esDeveloperName,
    routingAttributes: attributes,
    language,
  }),
  message: z.strictObject({
    message: z.strictObject({
      id: uuid,
      inReplyToMessageId: uuid.optional(),
      messageType: z.string(),
      staticContent: z.strictObject({ formatType: z.string(), text: z.string().min(1) }).optional(),
    }),
    ...sessionMembers,
  }),
  file: z.strictObject({
    message: z.strictObject({
      id: uuid,
      fileId: uuid,
      text: z.string().optional(),
      inReplyToMessageId: uuid.optional(),
    }),
    ...sessionMembers,
  }),
  entry: z.strictObject({ entryType: z.enum(['TypingStartedIndicator', 'TypingStoppedIndicator']), id: uuid }),
  acknowledgements: z.strictObject({
    acks: z
      .array(z.strictObject({ id: uuid, entryType: z.enum(['Delivery', 'Read']), conversationEntryId: uuid }))
      .min(1),
  }),
} as const;

/** What each request carries. */
export type ScrtRequests = { [K in keyof typeof SCHEMAS]: z.infer<(typeof SCHEMAS)[K]> };

/** Checks a body. @throws ScrtError 400 that says what is wrong, by path */
export function readScrtRequest<K extends keyof ScrtRequests>(kind: K, body: unknown): ScrtRequests[K] {
  const result = SCHEMAS[kind].safeParse(body);
  if (result.success) return result.data as ScrtRequests[K];
  throw badRequest(result.error.issues.map(issueText).join(' '));
}

/** Sentences by Salesforce stand alone; to ours the member's name is put. */
function issueText({ message, path }: { message: string; path: readonly PropertyKey[] }): string {
  if (message.startsWith('Specify')) return message;
  return path.length === 0 ? `${message}.` : `${path.map(String).join('.')}: ${message}.`;
}
