import { z } from 'zod';

/** Who spoke, as OpenCX tells people, its own AI and systems apart. */
export const speakerRoles = ['contact', 'ai', 'agent', 'system'] as const;
/** The real-time channels of the OpenCX page. */
export const handoffChannels = ['web', 'whatsapp', 'sms', 'phone'] as const;

const text = (description: string) => z.string().min(1).describe(description);

/** What somebody said. */
export const transcriptMessage = z.strictObject({
  role: z.enum(speakerRoles).describe('Who spoke: the contact, the AI, a person of the team, or a system.'),
  name: text('Name of the speaker.').optional(),
  text: z.string(),
  at: z.iso.datetime({ offset: true }).optional().describe('When, in ISO 8601 with offset or Z.'),
});

const messages = z.array(transcriptMessage).describe('The conversation so far, the oldest first.');

const session = z.strictObject({
  sessionId: z.guid().optional().describe('UUID of the OpenCX session; one is made where it is absent.'),
  contact: z
    .strictObject({
      id: text('Id of the contact in OpenCX.').optional(),
      name: text('Name of the contact.').optional(),
      email: text('Address of the contact.').optional(),
    })
    .prefault({})
    .describe('The contact; without id and email it is an anonymous one.'),
  summary: z.string().optional().describe('What the AI says the conversation is about.'),
  language: text('Detected language code, e.g. en.').optional(),
  priority: text('Routing priority.').optional(),
  channel: z.enum(handoffChannels).optional().describe('Where the contact writes.'),
  messages,
});

/** A session as a file or a program gives it: the conversation alone, or with what else OpenCX knows. */
export const transcriptInputSchema = z.union([messages, session]).describe('A session to be handed off.');

export type SpeakerRole = (typeof speakerRoles)[number];
export type HandoffChannel = (typeof handoffChannels)[number];

/** A session to be handed off, whichever way it was written. */
export type Transcript = z.output<typeof session>;
export type TranscriptMessage = Transcript['messages'][number];

/** Reads what {@link transcriptInputSchema} describes. The conversation alone is a session of which nothing else is known. */
export function parseTranscript(value: unknown): z.ZodSafeParseResult<Transcript> {
  return session.safeParse(Array.isArray(value) ? { messages: value } : value);
}
