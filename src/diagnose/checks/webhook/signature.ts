import type { Check } from '../../check.ts';
import { fail, pass } from '../../finding.ts';
import { webhookSecret } from '../../readings/webhook/webhook-secret.ts';

export const signature: Check = {
  id: 'webhook.signature',
  title: 'Webhook calls are signed',
  group: 'webhook',
  why: 'The Apex signs each call with the secret in a custom setting. Without one it calls unsigned, and whoever asks for signatures refuses every call with 401.',
  mending: 'opencx-sf webhook secret puts the secret into the org; opencx-sf deploy-apex brings the custom setting.',
  requires: ['webhook.credential'],
  reads: [webhookSecret],
  appliesTo: ({ config }) =>
    config.blueprint.options.webhookSignature
      ? undefined
      : 'Calls are not to be signed: blueprint.options.webhookSignature is off.',
  run: async ({ read, drawn }) => {
    const name = drawn.settings.names.webhookSetting;
    const state = await read(webhookSecret);
    const data = { setting: name, ...state };
    switch (state.is) {
      case 'no-setting':
        return fail(`There is no custom setting ${name}, or this user may not see it.`, {
          data,
          remedy: [{ text: 'Deploy it, with the Apex that signs', command: 'opencx-sf deploy-apex' }],
        });
      case 'empty':
        return fail(`${name} holds no secret, so that calls go unsigned.`, {
          data,
          remedy: [{ text: 'Put the secret of your webhooks there', command: 'opencx-sf webhook secret <file>' }],
        });
      case 'set':
        return pass(`by the secret in ${name} (fingerprint ${state.fingerprint})`, { data });
    }
  },
};
