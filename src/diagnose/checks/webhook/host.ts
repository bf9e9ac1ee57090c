import { isLoopback } from '../../../salesforce/auth/org-url.ts';
import type { Check } from '../../check.ts';
import { fail, pass, skip, warn } from '../../finding.ts';
import { lookAtHost } from '../../network/look-at-host.ts';
import { webhook } from '../../readings/webhook/webhook.ts';

export const host: Check = {
  id: 'webhook.host',
  title: 'The webhook’s host has an address, answers, and has a valid certificate',
  group: 'webhook',
  why: 'Salesforce refuses hosts with expired or unknown certificates; a host without an address is a tunnel that has ended.',
  mending: 'For OpenCX’s own host: ask support. For a tunnel or server of yours: start it, or set the present URL.',
  requires: ['webhook.https'],
  reads: [webhook],
  run: async ({ read, behindProxy, signal }) => {
    const url = new URL((await read(webhook))?.url ?? '');
    if (behindProxy && !isLoopback(url)) {
      return skip(`${url.host} is reached by a proxy from here, which is not looked through.`);
    }
    const seen = await lookAtHost(url, signal);
    const data = { host: url.host, ...seen };
    const what = isLoopback(url)
      ? 'Start what listens there, or set another URL'
      : 'If it is not the host that OpenCX shows, set the URL anew';
    const remedy = [{ text: what, command: 'opencx-sf webhook set -' }];
    switch (seen.kind) {
      case 'answers':
        return pass(seen.detail, { data });
      case 'no-address':
      case 'bad-certificate':
        return fail(seen.detail, { data, remedy });
      case 'no-answer':
        return warn(seen.detail, { data, remedy });
    }
  },
};
