import { fingerprintOf, maskedUrl } from '../../../provision/webhook/webhook-credential.ts';
import type { Check } from '../../check.ts';
import { fail, pass, skip } from '../../finding.ts';
import { webhook } from '../../readings/webhook/webhook.ts';

export const endpoint: Check = {
  id: 'webhook.endpoint',
  title: 'The Named Credential has the URL that OpenCX shows',
  group: 'webhook',
  why: '“Rep replies don’t reach the contact”: OpenCX gives a new URL with each new connection, and an old one leads nowhere.',
  mending:
    'opencx-sf webhook set - (the URL on stdin), or opencx-sf verify --fix with the URL in OPENCX_SF_WEBHOOK_URL.',
  requires: ['webhook.credential'],
  reads: [webhook],
  fix: ['webhook'],
  run: async ({ config, expectations, read }) => {
    const url = (await read(webhook))?.url ?? '';
    const found = { url: maskedUrl(url), fingerprint: fingerprintOf(url) };
    const wanted = config.blueprint.webhookUrl;
    const wantedPrint = wanted === undefined ? expectations.webhookFingerprint : fingerprintOf(wanted);
    const data = { ...found, expected: wantedPrint };
    const remedy = [
      {
        text: 'Copy the URL from OpenCX (Settings → Integrations → Salesforce) and set it',
        command: 'opencx-sf webhook set -',
      },
    ];
    if (url === '') return fail('The Named Credential has no URL.', { data, remedy });
    if (wantedPrint === undefined) {
      return skip(`${found.url}, fingerprint ${found.fingerprint}; nobody says which one it should be.`, {
        data,
        remedy: [{ text: 'Give --webhook-url or --webhook-fingerprint to have it compared.' }],
      });
    }
    if (wantedPrint === found.fingerprint) return pass(`${found.url}, fingerprint ${found.fingerprint}`, { data });
    return fail(`Events go to another URL than OpenCX shows.`, {
      data,
      remedy,
      evidence: [
        `in the org  ${found.url} (fingerprint ${found.fingerprint})`,
        `expected    ${wanted === undefined ? '' : `${maskedUrl(wanted)} `}(fingerprint ${wantedPrint})`,
      ],
      ...(wanted === undefined ? { byHand: true as const } : {}),
    });
  },
};
