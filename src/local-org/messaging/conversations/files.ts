import { randomUUID } from 'node:crypto';

import type { JsonObject } from '../../http/json-body.ts';
import type { OrgState } from '../../state/org-state.ts';

const KIND = 'messaging-file';

export interface SentFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

interface StoredFile {
  readonly conversationId: string;
  readonly name: string;
  readonly mimeType: string;
  readonly base64: string;
}

/** A file on its way into a conversation. */
export interface FileInMessage {
  /** UUID, of a customer's file the one that the client made. */
  readonly id: string;
  readonly file: SentFile;
}

/** The message that carries a file, with the text beside it. */
export function fileMessage(messageId: string, { file, id }: FileInMessage, text = ''): JsonObject {
  const { bytes, mimeType, name } = file;
  const attachment = { id, name, mimeType, url: '', length: bytes.byteLength, referenceId: randomUUID() };
  return {
    id: messageId,
    messageType: 'StaticContentMessage',
    staticContent: { formatType: 'Attachments', text, attachments: [attachment] },
  };
}

export function keepFile(org: OrgState, conversationId: string, { file, id }: FileInMessage): void {
  const { bytes, mimeType, name } = file;
  const stored: StoredFile = { conversationId, name, mimeType, base64: Buffer.from(bytes).toString('base64') };
  org.documents.put(KIND, id, stored);
}

/** A file that was sent in a conversation. */
export function findFile(org: OrgState, conversationId: string, fileId: string): SentFile | undefined {
  const stored = org.documents.get(KIND, fileId) as StoredFile | undefined;
  if (stored?.conversationId !== conversationId) return undefined;
  const { name, mimeType, base64 } = stored;
  return { name, mimeType, bytes: Buffer.from(base64, 'base64') };
}
