import { expect, onTestFinished, test } from 'vitest';

import { renderBlueprint } from '../../../src/blueprint/blueprint.ts';
import { mdapiLayout } from '../../../src/blueprint/layouts.ts';
import { testSettings } from '../../blueprint/variants.ts';
import { API, openOrgClient } from '../../local-org/core/org-client.ts';
import { deployByRest } from '../../local-org/metadata/deploy-by-rest.ts';
import { serve } from '../serving.ts';

const secret = 'the-secret-of-this-org-0123456789';

test(
  'calls of our Apex fit as long as the org has a secret that serve knows, whatever is in them',
  { timeout: 240_000 },
  async () => {
    const serving = await serve({ signature: { secrets: ['another-one-that-is-of-before-77', secret] } });
    const org = await openOrgClient();
    onTestFinished(() => org.close());
    const settings = testSettings({ webhookUrl: serving.webhookUrl, options: { webhookSignature: true } });
    const files = Object.fromEntries(mdapiLayout(await renderBlueprint(settings)));
    expect(await deployByRest(org, files)).toMatchObject({ success: true });
    const newCase = (Subject: string): Promise<string> => org.create('Case', { Subject });

    await newCase('before there is a secret');
    const [unsigned] = await serving.heard('rejected');
    expect(unsigned).toMatchObject({ status: 401, reason: expect.stringContaining('is not signed') as string });

    const id = await org.create('OpenCX_Webhook__c', { Secret__c: secret });
    await newCase('Grüße 🙂 {!$Credential.Password} "\\" \u2028');
    const [accepted] = await serving.heard('accepted');
    const event = await serving.store.event(accepted?.eventId ?? '');
    expect(event?.headers.find(([name]) => name.toLowerCase() === 'opencx-webhook-signature')?.[1]).toMatch(
      /^t=\d{10},v1=[\da-f]{64}$/,
    );
    expect(Buffer.from(event?.body ?? []).toString()).toContain('Grüße 🙂');

    await org.call('PATCH', `${API}/sobjects/OpenCX_Webhook__c/${id}`, { Secret__c: 'one-that-serve-does-not-know' });
    await newCase('after it was changed');
    const refused = await serving.heard('rejected', 2);
    expect(refused.at(-1)?.reason).toContain('does not fit');
  },
);
