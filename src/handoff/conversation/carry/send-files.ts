import { createHash } from 'node:crypto';

import { httpStatusOf } from '../../../messaging/api/api-error.ts';
import type { Conversation, SentMessage } from '../../../messaging/conversation/conversation.ts';
import { uuidOf } from '../../../messaging/handoff/session-ids.ts';
import type { HandoffFile } from '../../api/schema/handoff-input.ts';
import { sendOnce } from './send-once.ts';

/** What became of a file. */
export interface FileOutcome {
  readonly name: string;
  readonly id: string;
  /** An earlier attempt had sent it, or told of it. */
  readonly wasThere: boolean;
  /** Why the org did not take it; the representative was told that there is one. */
  readonly refused?: string;
}

/** The API takes files of 5 MB at most. */
const largestFile = 5 * 1024 * 1024;

/**
 * Sends files, each once: its id follows from where it belongs and from its content. One that the org does not take is named to the
 * representative instead: for a file alone nothing else of a conversation is to fail.
 * @param belongsTo the handoff or message @param speaker set before the text of a file that is not the contact's own
 * @throws OpencxError as {@link Conversation.sendFile} does, but for a refusal of the file
 */
export async function sendFiles(
  conversation: Conversation,
  belongsTo: string,
  files: readonly HandoffFile[],
  speaker: string | undefined,
  signal: AbortSignal,
): Promise<FileOutcome[]> {
  const outcomes: FileOutcome[] = [];
  for (const [index, { name, contentType, base64 }] of files.entries()) {
    const bytes = Buffer.from(base64, 'base64');
    const content = createHash('sha256').update(bytes).digest('hex');
    const id = uuidOf(`file\n${conversation.id}\n${belongsTo}\n${index}\n${name}\n${content}`);
    const file = { name, mimeType: contentType, bytes, ...(speaker === undefined ? {} : { text: speaker }) };
    const outcome =
      bytes.byteLength > largestFile
        ? `it has ${bytes.byteLength} bytes, 5 MB is the most`
        : await sentOrRefused(sendOnce(conversation, id, () => conversation.sendFile(file, { id, signal })));
    if (typeof outcome === 'string') {
      const told = uuidOf(`refused ${id}`);
      const text = `[OpenCX] The file ${name} is in OpenCX alone: Salesforce does not take it.`;
      const { foundAgain } = await sendOnce(conversation, told, () => conversation.send(text, { id: told, signal }));
      outcomes.push({ name, id, wasThere: foundAgain, refused: outcome });
    } else outcomes.push({ name, id, wasThere: outcome.foundAgain });
  }
  return outcomes;
}

/** @returns why it is refused, where that is about the file: its form, size or type @throws all else */
async function sentOrRefused(sending: Promise<SentMessage>): Promise<SentMessage | string> {
  try {
    return await sending;
  } catch (error) {
    const status = httpStatusOf(error);
    if (!(error instanceof Error) || status === undefined || ![400, 413, 415, 422].includes(status)) throw error;
    return error.message;
  }
}
