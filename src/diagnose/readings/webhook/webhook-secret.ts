import { OpencxError } from '../../../errors/opencx-error.ts';
import { fingerprintOf } from '../../../provision/webhook/webhook-credential.ts';
import { readWebhookSecret } from '../../../provision/webhook/webhook-secret.ts';
import type { Reading } from '../reading.ts';

/** What the org signs its webhook calls with; never the secret itself. */
export type WebhookSecretState =
  | { readonly is: 'no-setting' }
  | { readonly is: 'empty' }
  | { readonly is: 'set'; readonly fingerprint: string };

export const webhookSecret: Reading<WebhookSecretState> = {
  what: 'REST API: the custom setting of the webhook',
  read: async ({ org, drawn }) => {
    try {
      const secret = await readWebhookSecret(org, drawn.settings.names.webhookSetting);
      return secret === undefined ? { is: 'empty' } : { is: 'set', fingerprint: fingerprintOf(secret) };
    } catch (error) {
      if (error instanceof OpencxError && error.code === 'NOT_INSTALLED') return { is: 'no-setting' };
      throw error;
    }
  },
};
