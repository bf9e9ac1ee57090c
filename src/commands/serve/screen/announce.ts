import type { WebhookContract } from '../../../blueprint/webhook-contract.ts';
import { maskedTarget } from '../../../handoff/export/masked.ts';
import type { CommandContext } from '../../command-context.ts';
import { streamedLine } from '../../streaming/streamed-line.ts';
import { wrap } from '../../../terminal/wrap.ts';
import type { ServeResult } from '../result-schema.ts';
import type { Announcement } from './announcement.ts';
import { labelWidth, startRows, startWarnings } from './start-rows.ts';

/** Says where webhooks come in and where they go. The URL is shown to a person at the terminal and to nobody else. */
export function announce({ terminal, cwd }: CommandContext, contract: WebhookContract, told: Announcement): void {
  if (terminal.json) return streamedLine(terminal, startedJson(told), startWarnings(told));
  const colour = terminal.errColour;
  const head = `${colour.green('●')} serve at ${colour.bold(told.origins.join(' and '))}`;
  const lines = startRows(contract, told, cwd).map(({ label, text }) =>
    wrap(`  ${colour.dim(label.padEnd(labelWidth))}${text}`, terminal.outColumns, ' '.repeat(labelWidth + 2)),
  );
  terminal.note([head, ...lines].join('\n'), true);
  if (told.pointed === undefined) terminal.reveal(`  Webhook URL (a secret): ${told.webhookUrl}`);
  if (told.inspectorUrl !== undefined) terminal.reveal(`  Inspector (a secret, too): ${told.inspectorUrl}`);
  const keys = terminal.mayPrompt
    ? 'r replays the last webhook, o opens the inspector, f filters, q ends.'
    : 'Ctrl-C ends.';
  terminal.note(colour.dim(`  ${keys}`), true);
}

function startedJson(told: Announcement): ServeResult {
  const { origins, webhookUrlFile, store, routes, mode, waiting, dead, salesforce, pointed, callbackUrl } = told;
  return {
    event: 'started',
    origins: [...origins],
    webhookUrlFile,
    ...(told.inspectorUrlFile === undefined ? {} : { inspectorUrlFile: told.inspectorUrlFile }),
    store,
    forward: routes.map(({ event, url }) => ({
      ...(event === undefined ? {} : { name: event }),
      target: maskedTarget(url.href),
    })),
    mode,
    api: { url: `${origins[0] ?? ''}/v1`, tokenFile: told.apiTokenFile },
    ...(callbackUrl === undefined ? {} : { callback: maskedTarget(callbackUrl.href) }),
    ...(salesforce === undefined
      ? {}
      : {
          org: {
            name: salesforce.name,
            channels: salesforce.whyNoMessaging === undefined ? 'all' : 'email',
            ...(pointed === undefined ? {} : { namedCredential: pointed.namedCredential }),
          },
        }),
    waiting,
    dead,
  };
}
