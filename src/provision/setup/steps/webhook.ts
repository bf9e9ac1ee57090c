import { deployPart } from './deploy-part.ts';
import type { SetupStep } from './setup-step.ts';

/** The Named Credential with the webhook URL. OpenCX shows the URL once it is connected, so it may come later than all else. */
export const webhook: SetupStep = {
  id: 'webhook',
  title: 'Webhook (Named Credential)',
  requires: () => ['fields'],
  permissions: ['ModifyMetadata', 'CustomizeApplication'],
  plan: (facts, wish) =>
    wish.webhookKnown
      ? { changes: deployPart('webhook', facts, wish) }
      : {
          blockers: [
            'The webhook URL is not known yet: OpenCX shows it once it is connected. Give --webhook-url, set OPENCX_SF_WEBHOOK_URL, or run opencx-sf init again.',
          ],
        },
};
