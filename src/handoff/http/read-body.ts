import type { IncomingMessage } from 'node:http';

export interface ReadBody {
  /** No more than the limit. */
  readonly bytes: Buffer;
  readonly tooLarge: boolean;
}

/**
 * Reads a request's body byte for byte. Of one that is too large the rest is read and thrown away, up to once more the limit: a
 * client that is cut off while it sends never sees the answer.
 * @throws Error if the client goes away before the end
 */
export async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let length = 0;
  const announced = Number(incoming.headers['content-length'] ?? 0);
  if (announced > 2 * maxBytes) return { bytes: Buffer.alloc(0), tooLarge: true };
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    const bytes = chunk as Buffer;
    if (length < maxBytes) chunks.push(bytes.subarray(0, maxBytes - length));
    length += bytes.length;
    if (length > 2 * maxBytes) break;
  }
  return { bytes: Buffer.concat(chunks), tooLarge: length > maxBytes };
}
