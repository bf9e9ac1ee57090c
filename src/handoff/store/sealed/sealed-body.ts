import type { Sealer } from './sealer.ts';
import { unopened } from './sealed-parts.ts';

/** Only a handoff from OpenCX names a URL of its own; webhooks never do. */
const withCallback = 'handoff';

/** In JSON a quote inside of a string is escaped, so that no text that a customer wrote is taken for the key. */
const callbackUrl = /("callbackUrl"\s*:\s*")((?:[^"\\]|\\.)+)(?=")/g;

/** The URL that a handoff is told at stands in its body too; all other bytes stay as they came. */
export function sealBody(sealer: Sealer, name: string, body: Uint8Array): Uint8Array {
  return changedBody(name, body, (url) => sealer.seal('url', url));
}

export function openBody(sealer: Sealer, name: string, body: Uint8Array): Uint8Array {
  return changedBody(name, body, (url) => sealer.open('url', url) ?? unopened);
}

function changedBody(name: string, body: Uint8Array, changed: (url: string) => string): Uint8Array {
  if (name !== withCallback) return body;
  // Latin 1 has a character for each byte, so that nothing else is touched.
  const text = Buffer.from(body).toString('latin1');
  const result = text.replace(callbackUrl, (_all, before: string, url: string) => before + changed(url));
  return result === text ? body : Buffer.from(result, 'latin1');
}
