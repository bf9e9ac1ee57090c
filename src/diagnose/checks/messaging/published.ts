import type { Check } from '../../check.ts';
import { fail, pass, warn, type Remedy } from '../../finding.ts';
import { publication } from '../../readings/messaging/deployments.ts';
import { inSetup } from '../../setup-page.ts';
import { noMessaging } from './applies.ts';

const codeSnippet: Remedy = {
  text: 'Setup → Embedded Service Deployments → the deployment → Code Snippet: give its Url as messaging.scrtUrl.',
};

export const published: Check = {
  id: 'messaging.published',
  title: 'The deployment is published: the host of Live Messaging knows it',
  group: 'messaging',
  why: '“Handoff fails with access token error”: what is not published, nobody outside of Setup knows; changes of parameters count from the next publication on.',
  mending:
    'opencx-sf messaging register --republish, or Publish in Setup → Embedded Service Deployments; it takes up to ten minutes.',
  requires: ['messaging.deployment'],
  reads: [publication],
  appliesTo: noMessaging,
  run: async (context) => {
    const { deployment } = context.config.messaging;
    const read = await context.read(publication);
    if (read === undefined) {
      return warn(`No host of Live Messaging can be derived from ${context.org.identity.instanceUrl}.`, {
        remedy: [codeSnippet],
      });
    }
    const { scrtUrl, given, probe } = read;
    const data = { scrtUrl, given, ...probe };
    switch (probe.state) {
      case 'published':
        return pass(`known to ${new URL(scrtUrl).host}`, { data });
      case 'unknown':
        // Third parties alone know this path: an org that answers it otherwise must not be red for that.
        return warn(`${new URL(scrtUrl).host} knows no published deployment ${deployment} of this org.`, {
          data,
          evidence: [probe.said],
          remedy: [
            { text: 'Publish it; that takes up to ten minutes', command: 'opencx-sf messaging register --republish' },
            inSetup(context, 'EmbeddedServiceDeployments/home', 'Or by hand: the deployment → Publish.'),
            { text: 'A token tells for certain', command: 'opencx-sf messaging token' },
          ],
        });
      case 'no-host':
        return (given ? fail : warn)(
          `There is no host ${new URL(scrtUrl).host}${given ? '' : ', as derived from My Domain'}.`,
          {
            data,
            evidence: [probe.said],
            remedy: [codeSnippet],
          },
        );
      case 'unclear':
        return warn(`${new URL(scrtUrl).host} does not say whether it knows the deployment.`, {
          data,
          evidence: [probe.said],
          remedy: [{ text: 'Run it again; a proxy or firewall in between must let this host through.' }, codeSnippet],
        });
    }
  },
};
