import type { Check } from '../../check.ts';
import { fail, pass } from '../../finding.ts';
import { webhook } from '../../readings/webhook/webhook.ts';
import { inSetup } from '../../setup-page.ts';

export const credential: Check = {
  id: 'webhook.credential',
  title: 'The Named Credential with the webhook URL is there',
  group: 'webhook',
  why: 'The class calls OpenCX by it: without it every call fails, and OpenCX hears nothing of Cases and mail.',
  mending: 'opencx-sf verify --fix makes it (the webhook URL must be known).',
  requires: ['org.permissions'],
  reads: [webhook],
  fix: ['webhook'],
  run: async (context) => {
    const name = context.drawn.settings.names.namedCredential;
    const found = await context.read(webhook);
    if (found !== undefined)
      return pass(`${name} (${found.model === 'legacy' ? 'legacy' : 'with External Credential'})`, {
        data: { name, model: found.model },
      });
    const known = context.config.blueprint.webhookUrl !== undefined;
    return fail(`There is no Named Credential ${name}.`, {
      data: { name },
      ...(known ? {} : { byHand: true as const }),
      remedy: [
        ...(known
          ? []
          : [
              {
                text: 'Copy the webhook URL from OpenCX: Settings → Integrations → Salesforce',
                command: 'opencx-sf init',
              },
            ]),
        inSetup(context, 'NamedCredential/home', 'Or by hand: Named Credentials → New Legacy.'),
      ],
    });
  },
};
