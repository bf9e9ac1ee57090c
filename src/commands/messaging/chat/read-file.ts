import { readFile, stat } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';

import { OpencxError } from '../../../errors/opencx-error.ts';
import type { OutgoingFile } from '../../../messaging/conversation/conversation.ts';

/** The largest file that Salesforce takes here, in bytes. */
const largest = 5 * 1024 * 1024;

/** Types of what people send in a chat. */
const types: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.doc': 'application/msword',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.gif': 'image/gif',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.txt': 'text/plain',
  '.webp': 'image/webp',
  '.xls': 'application/vnd.ms-excel',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.zip': 'application/zip',
};

/** A file to be sent. @throws OpencxError USAGE if it cannot be read or is too large */
export async function readOutgoingFile(path: string, cwd: string): Promise<OutgoingFile> {
  const full = resolve(cwd, path);
  try {
    const { size } = await stat(full);
    if (size > largest) {
      throw new OpencxError('USAGE', { message: `${path} has ${size} bytes; a file may have ${largest}.` });
    }
    const mimeType = types[extname(full).toLowerCase()] ?? 'application/octet-stream';
    return { name: basename(full), mimeType, bytes: await readFile(full) };
  } catch (error) {
    if (error instanceof OpencxError) throw error;
    throw new OpencxError('USAGE', {
      message: `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      cause: error,
    });
  }
}
