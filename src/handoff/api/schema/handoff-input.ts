import { z } from 'zod';

import { handoffChannels, transcriptMessage } from '../../../messaging/handoff/transcript.ts';
import { address, attachment, line } from './text.ts';

const contact = {
  id: line(255).exactOptional().describe('Id of the contact in OpenCX.'),
  name: line(255).exactOptional().describe('Name of the contact.'),
};

const given = {
  sessionId: z.guid().describe('UUID of the OpenCX session.'),
  subject: line(255).exactOptional().describe('What the conversation is about: the Subject of the Case.'),
  summary: z.string().exactOptional().describe('What the AI says of it: the Description of the Case.'),
  transcript: z.array(transcriptMessage).prefault([]).describe('The conversation so far, the oldest first.'),
  language: line(35).exactOptional().describe('Detected language code, e.g. en.'),
  priority: line(255).exactOptional().describe('Routing priority.'),
  attributes: z
    .record(z.string().regex(/^[A-Za-z]\w{0,79}$/), line(255))
    .exactOptional()
    .describe('Further routing attributes, by the names of the parameters of the channel.'),
  attachments: z.array(attachment).prefault([]).describe('Files of the conversation.'),
  callbackUrl: z
    .url({ error: 'must be a URL', abort: true })
    .regex(/^https?:\/\//, { error: 'must begin with http:// or https://' })
    // zod forgets the format of what has a pattern.
    .meta({
      format: 'uri',
      description: 'Where events of this session are posted to, instead of the callback of serve.',
    })
    .exactOptional(),
};

/** An OpenCX session that is handed to Salesforce: the body of `POST /v1/handoffs`. */
export const handoffInput = z
  .discriminatedUnion('channel', [
    z.strictObject({
      ...given,
      channel: z.literal('email').describe('It becomes a Case.'),
      contact: z.strictObject({ ...contact, email: address.describe('Where answers are mailed to.') }),
    }),
    z.strictObject({
      ...given,
      channel: z.enum(handoffChannels).describe('It becomes a conversation of Live Messaging.'),
      contact: z
        .strictObject({ ...contact, email: address.exactOptional() })
        .prefault({})
        .describe('Without id and email the contact is an anonymous one.'),
    }),
  ])
  .describe('An OpenCX session that is handed to Salesforce.');

export type HandoffInput = z.output<typeof handoffInput>;
export type HandoffFile = HandoffInput['attachments'][number];

/** Reads the body of a stored event `handoff`. @throws SyntaxError, ZodError if it was edited into something else */
export function parseHandoff(body: Uint8Array): HandoffInput {
  return handoffInput.parse(JSON.parse(new TextDecoder().decode(body)));
}
