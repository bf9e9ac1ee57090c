import { sep } from 'node:path';

import type { WebhookContract } from '../../../blueprint/webhook-contract.ts';
import { maskedTarget } from '../../../handoff/export/masked.ts';
import type { Announcement } from './announcement.ts';

/** What is said of one thing at the start; the label is said once for several. */
export interface StartRow {
  readonly label: string;
  readonly text: string;
}

export const labelWidth = 10;

/** What a person wants to know of a `serve` that begins: from where, to where, and what is not as it may be expected. */
export function startRows(contract: WebhookContract, told: Announcement, cwd: string): StartRow[] {
  const rows: [label: string, texts: string[]][] = [
    ['org', orgTexts(told)],
    ['webhooks', webhookTexts(contract, told)],
    ['handoffs', handoffTexts(told)],
    ['sessions', sessionTexts(told)],
    ['store', storeTexts(told)],
    ['', startWarnings(told).map((text) => `! ${text}`)],
  ];
  // Files are told as a person in this folder would write them.
  return rows.flatMap(([label, texts]) =>
    texts.map((text, index) => ({ label: index === 0 ? label : '', text: text.replaceAll(`${cwd}${sep}`, '') })),
  );
}

function orgTexts({ salesforce, pointed, mode }: Announcement): string[] {
  if (salesforce === undefined && (mode === 'record' || mode === 'forward')) return [];
  if (salesforce === undefined) return ['none, so that sessions are not handed off: --target-org <name>'];
  return [
    salesforce.name,
    ...(pointed === undefined ? [] : [`${pointed.namedCredential} points here; at the end at ${pointed.before} again`]),
  ];
}

function webhookTexts(contract: WebhookContract, { routes, mode, pointed, ...told }: Announcement): string[] {
  const urlFile = pointed === undefined ? [`their URL, for the Named Credential, is in ${told.webhookUrlFile}`] : [];
  // No command sets the org that is served: it is set by serve itself, or by nobody.
  const howToSet =
    pointed === undefined && told.salesforce?.isLocal !== true
      ? [
          `local org: opencx-sf webhook set - --target-org local < ${told.webhookUrlFile}`,
          'org in the cloud: --target-org <name> --public-url <address of a tunnel>',
        ]
      : [];
  return [...forwardTexts(contract, { routes, mode }), ...urlFile, ...howToSet];
}

function forwardTexts(contract: WebhookContract, { routes, mode }: Pick<Announcement, 'routes' | 'mode'>): string[] {
  if (mode === 'record') return ['only recorded; opencx-sf events replay --to <url> carries them'];
  if (routes.length === 0) return ['not forwarded: --forward-to <url>'];
  return routes.map(({ event, url }) => {
    const what = event === undefined ? (routes.length === 1 ? '' : 'others ') : `${contract.events[event]} `;
    return `${what}→ ${maskedTarget(url.href)}`;
  });
}

function handoffTexts({ origins, mode, salesforce, apiTokenFile }: Announcement): string[] {
  if (mode === 'forward') return ['none, as webhooks are only forwarded (--no-sessions)'];
  if (mode === 'record' || salesforce === undefined) return [];
  if (mode === 'read-only') return ['none, as nothing is changed in the org (--read-only)'];
  const { whyNoMessaging } = salesforce;
  return [
    `POST ${origins[0] ?? ''}/v1/handoffs, with the token in ${apiTokenFile}`,
    whyNoMessaging === undefined
      ? 'of all channels'
      : `of email alone, as Live Messaging is not set up: ${whyNoMessaging}`,
  ];
}

function sessionTexts({ mode, callbackUrl }: Announcement): string[] {
  if (mode === 'record' || mode === 'forward') return [];
  return callbackUrl === undefined
    ? ['what happens to them is told to nobody: --callback-url <url>']
    : [`what happens to them → ${maskedTarget(callbackUrl.href)}`];
}

function storeTexts({ store, mode, waiting, dead }: Announcement): string[] {
  return [
    store,
    ...(waiting === 0
      ? []
      : [`${waiting} left by an earlier run, ${mode === 'record' ? 'not carried now' : 'carried on now'}`]),
    ...(dead === 0 ? [] : [`${dead} dead: opencx-sf events list --state dead`]),
  ];
}

/** What is not as it may be expected, and will be missed later. */
export function startWarnings({ salesforce, pointed, left }: Announcement): string[] {
  // What this run points here it sets back itself.
  const others = left.filter((id) => pointed === undefined || id !== salesforce?.org.identity.id);
  return [
    ...(salesforce?.warnings ?? []),
    ...(pointed?.isOtherServe === true
      ? [`${pointed.before} is another serve. If it has ended: opencx-sf serve --restore, where it was started.`]
      : []),
    ...others.map(
      (id) =>
        `The Named Credential of ${id} still points at another serve of this folder; if that one was killed: opencx-sf serve --restore --target-org <name>`,
    ),
  ];
}
