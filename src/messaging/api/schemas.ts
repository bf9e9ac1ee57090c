import { z } from 'zod';

// All shapes of the Enhanced Chat API v2 that the org sends. The server may add members at any time, so objects are loose; what
// nothing can go on without is required.

const text = z.string().min(1);
const optional = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? undefined);

/** Numbers of milliseconds since 1970; seen as text too. */
const timestamp = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

/**
 * An object in `/entries`, JSON in a string in the event stream (seen in the sample app of Salesforce). One that is neither must
 * not make the other entries unreadable: it is empty, as of a kind of entry that is not known.
 */
const entryPayload = z.unknown().transform((payload): Record<string, unknown> => {
  const value = typeof payload === 'string' ? parsed(payload) : payload;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
});

export const entrySchema = z.looseObject({
  identifier: text,
  entryType: text,
  entryPayload,
  sender: optional(
    z.looseObject({ role: optional(z.string()), subject: optional(z.string()), appType: optional(z.string()) }),
  ),
  senderDisplayName: optional(z.string()),
  transcriptedTimestamp: optional(timestamp),
  clientTimestamp: optional(timestamp),
  relatedRecords: optional(z.array(z.string())),
});
/** One entry of a conversation, out of `/entries` or an event. */
export type Entry = z.output<typeof entrySchema>;

export const entriesSchema = z.looseObject({ conversationEntries: z.array(entrySchema) });

/** The data of a `CONVERSATION_…` event. */
export const streamDataSchema = z.looseObject({ conversationId: text, conversationEntry: entrySchema });

const prechatField = z.looseObject({
  name: text,
  type: optional(z.string()),
  required: optional(z.boolean()),
  isHidden: optional(z.boolean()),
});

/** Answer of the three calls for an access token. What is under `context` was seen by third parties; nothing of it is required. */
export const accessAnswerSchema = z.looseObject({
  // It goes into a header: any other character would end there as an error with the token in it.
  accessToken: z.string().regex(/^[\w.~+/=-]+$/, 'is not a token'),
  lastEventId: optional(z.union([z.string(), z.number().transform(String)])),
  context: optional(
    z.looseObject({
      deviceId: optional(z.string()),
      endUser: optional(z.looseObject({ subject: optional(z.string()) })),
      configuration: optional(
        z.looseObject({
          embeddedServiceConfig: optional(
            z.looseObject({
              name: optional(z.string()),
              deploymentType: optional(z.string()),
              forms: optional(z.array(z.looseObject({ formFields: optional(z.array(prechatField)) }))),
              embeddedServiceMessagingChannel: optional(
                z.looseObject({
                  channelAddressIdentifier: optional(z.string()),
                  authMode: optional(z.string()),
                }),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
});
export type AccessAnswer = z.output<typeof accessAnswerSchema>;

export const conversationListSchema = z.looseObject({
  conversations: z.array(
    z.looseObject({
      conversationId: text,
      startTimestamp: optional(timestamp),
      endTimestamp: optional(timestamp),
    }),
  ),
});
export type ConversationList = z.output<typeof conversationListSchema>;

/** Claims of an access token that say where and how long it holds. */
export const tokenClaimsSchema = z.looseObject({
  iat: optional(z.number()),
  exp: optional(z.number()),
  orgId: optional(z.string()),
  sub: optional(z.string()),
});

/** An error. Its schema is not documented: `message` with `error`, `errorCode` or `code` has been seen. */
export const errorBodySchema = z.looseObject({
  message: optional(z.string()),
  error: optional(z.string()),
  errorCode: optional(z.string()),
  code: optional(z.union([z.string(), z.number().transform(String)])),
});

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
