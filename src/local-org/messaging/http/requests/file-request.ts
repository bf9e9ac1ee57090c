import type { Context } from 'hono';

import type { LocalOrgEnv } from '../../../http/route.ts';
import type { SentFile } from '../../conversations/files.ts';
import { scrtJson } from './scrt-body.ts';
import { badRequest, ScrtError } from '../scrt-error.ts';
import { readScrtRequest } from './scrt-requests.ts';
import type { ScrtRequests } from './scrt-requests.ts';

/** Largest file of a customer (clients report 5 MB). */
const MAX_BYTES = 5 * 1024 * 1024;

/** A form of `messageEntry` (JSON) and `fileData`. Which status a file that is too large gets is not confirmed. @throws ScrtError 400 */
export async function readFileRequest(
  c: Context<LocalOrgEnv>,
): Promise<{ readonly request: ScrtRequests['file']; readonly file: SentFile }> {
  if (!/^multipart\/form-data\b/i.test(c.req.header('content-type') ?? '')) {
    throw new ScrtError(415, 'UNSUPPORTED_MEDIA_TYPE', 'A file is sent as multipart/form-data.');
  }
  let form;
  try {
    form = await c.req.raw.formData();
  } catch {
    throw badRequest('The request body is no multipart/form-data.');
  }
  const messageEntry = form.get('messageEntry');
  const fileData = form.get('fileData');
  if (messageEntry === null) throw badRequest('Specify messageEntry.');
  if (fileData === null || typeof fileData === 'string') throw badRequest('Specify fileData as a file.');
  const text = typeof messageEntry === 'string' ? messageEntry : await messageEntry.text();
  const request = readScrtRequest('file', scrtJson(text));
  if (fileData.size > MAX_BYTES) throw badRequest(`The file is larger than ${MAX_BYTES} bytes.`);
  const bytes = new Uint8Array(await fileData.arrayBuffer());
  return { request, file: { name: fileData.name, mimeType: fileData.type || 'application/octet-stream', bytes } };
}
