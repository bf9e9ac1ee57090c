import { z } from 'zod';

// What is in `entryPayload`, by `entryType` (developer.salesforce.com, Enhanced Chat, "Server-Sent Events Structure").

const optional = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? undefined);
const words = optional(z.string());
const title = optional(z.looseObject({ titleItem: optional(z.looseObject({ title: words })), title: words }));

const file = z.looseObject({ id: words, name: words, mimeType: words, url: words });

export const messagePayload = z.looseObject({
  abstractMessage: z.looseObject({
    id: words,
    messageType: z.string(),
    staticContent: optional(
      z.looseObject({
        formatType: words,
        text: words,
        attachments: optional(z.array(file)),
        attachment: optional(file),
      }),
    ),
    choices: optional(z.looseObject({ formatType: words, text: words, optionItems: optional(z.array(title)) })),
    choicesResponse: optional(z.looseObject({ formatType: words, selectedOptions: optional(z.array(title)) })),
  }),
});
export type MessagePayload = z.output<typeof messagePayload>;
export type TitleItem = z.output<typeof title>;

export const participantPayload = z.looseObject({
  entries: z.array(
    z.looseObject({
      operation: z.string(),
      participant: optional(z.looseObject({ role: words, subject: words })),
      displayName: words,
    }),
  ),
});

export const routingPayload = z.looseObject({
  recordId: words,
  pendingServiceRoutingId: words,
  routingType: words,
  failureType: words,
  failureReason: words,
  errorMessages: optional(z.array(z.unknown())),
  estimatedWaitTime: optional(z.number()),
  routingConfigurationDetails: optional(z.looseObject({ queueId: words })),
});

export const workPayload = z.looseObject({ workType: words });

export const sessionStatusPayload = z.looseObject({ sessionStatus: z.string(), sessionEndedByRole: words });

/** Documented by third parties as the message's id here, or in `relatedRecords` of the entry. */
export const receiptPayload = z.looseObject({ acknowledgedConversationEntryIdentifier: words });

/** The name of the member is not confirmed. */
export const queuePositionPayload = z.looseObject({
  position: optional(z.number()),
  queuePosition: optional(z.number()),
});
