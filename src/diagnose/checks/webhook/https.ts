import { isLoopback } from '../../../salesforce/auth/org-url.ts';
import type { Check } from '../../check.ts';
import { fail, pass } from '../../finding.ts';
import { webhook } from '../../readings/webhook/webhook.ts';

export const https: Check = {
  id: 'webhook.https',
  title: 'Events travel by HTTPS',
  group: 'webhook',
  why: 'The URL is a secret and the events hold customers’ mail: over plain HTTP both can be read on the way.',
  mending: 'Copy the webhook URL from OpenCX again; it begins with https://.',
  requires: ['webhook.credential', 'webhook.endpoint'],
  reads: [webhook],
  run: async ({ read }) => {
    const url = URL.parse((await read(webhook))?.url ?? '');
    if (url === null) return fail('What the Named Credential has is no URL.');
    const data = { protocol: url.protocol, host: url.host };
    if (url.protocol === 'https:') return pass(url.host, { data });
    if (isLoopback(url)) return pass(`${url.host}, on this machine`, { data });
    return fail(`Events go to ${url.host} by ${url.protocol.replace(':', '')}.`, {
      data,
      remedy: [{ text: 'Set the https:// URL that OpenCX shows', command: 'opencx-sf webhook set -' }],
    });
  },
};
