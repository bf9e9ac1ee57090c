import { createHmac } from 'node:crypto';

import { signatureHeader } from '../../blueprint/webhook-signature.ts';

/** The header field that a webhook of an org with a secret carries, as its Apex makes it. @param now milliseconds since 1970 */
export function signWebhook(secret: string, body: string, now: number): Record<string, string> {
  const seconds = Math.floor(now / 1000);
  const signature = createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex');
  return { [signatureHeader]: `t=${seconds},v1=${signature}` };
}
