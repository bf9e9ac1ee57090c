import { z } from 'zod';

import { uuidOf } from '../../../messaging/handoff/session-ids.ts';
import { attachment, line } from './text.ts';

/** Who writes onward: the contact, or the AI for the team. */
export const messageRoles = ['contact', 'ai'] as const;

/** What is said in a session: the body of `POST /v1/sessions/{id}/messages`. */
export const messageInput = z
  .strictObject({
    id: z.guid().exactOptional().describe('Tells a message that is sent again from a new one.'),
    role: z.enum(messageRoles).describe('ai only while no representative is at it.'),
    text: z.string().min(1),
    html: z.string().exactOptional().describe('The same for mail programs that show markup; email alone.'),
    name: line(255).exactOptional().describe('Name of the speaker.'),
    subject: line(255).exactOptional().describe('Of the mail; email alone.'),
    attachments: z.array(attachment).prefault([]),
  })
  .describe('What the contact or the AI says in a session.');

export type MessageInput = z.output<typeof messageInput>;

/** Reads the body of a stored event `message`. @throws SyntaxError, ZodError if it was edited into something else */
export function parseMessage(body: Uint8Array): MessageInput {
  return messageInput.parse(JSON.parse(new TextDecoder().decode(body)));
}

/**
 * The id of a message: the one it came with, else one that follows from its event.
 * @param eventId of the event it came with; for a replay that of the event it stands for
 * @returns UUID in lower case
 */
export function messageIdOf(eventId: string, message: MessageInput): string {
  return message.id?.toLowerCase() ?? uuidOf(`event\n${eventId}`);
}
