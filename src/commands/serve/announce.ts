import type { WebhookContract } from '../../blueprint/webhook-contract.ts';
import type { ForwardRoute } from '../../handoff/delivery/forward-routes.ts';
import { maskedTarget } from '../../handoff/export/masked.ts';
import type { CommandContext } from '../command-context.ts';
import { streamedLine } from '../streamed-line.ts';
import { wrap } from '../../terminal/wrap.ts';
import type { ServeResult } from './result-schema.ts';

export interface Announcement {
  readonly origins: readonly string[];
  readonly webhookUrl: string;
  readonly webhookUrlFile: string;
  /** Undefined where there is none. */
  readonly inspectorUrl: string | undefined;
  readonly store: string;
  readonly routes: readonly ForwardRoute[];
  readonly waiting: number;
  readonly dead: number;
}

/** Says where webhooks come in and where they go. The URL is shown to a person at the terminal and to nobody else. */
export function announce({ terminal }: CommandContext, contract: WebhookContract, told: Announcement): void {
  if (terminal.json) return streamedLine(terminal, startedJson(told));
  const colour = terminal.errColour;
  const forward = told.routes.map(({ event, url }) => {
    const what = event === undefined ? (told.routes.length === 1 ? 'events' : 'other events') : contract.events[event];
    return `  ${what} → ${maskedTarget(url.href)}`;
  });
  const left = [
    ...(told.waiting === 0 ? [] : [`  ${told.waiting} left by an earlier run, carried on now`]),
    ...(told.dead === 0 ? [] : [`  ${told.dead} dead: opencx-sf events list --state dead`]),
  ];
  terminal.note(
    wrap(
      [
        `${colour.green('●')} serve at ${colour.bold(told.origins.join(' and '))}`,
        ...(forward.length === 0 ? ['  events are only recorded: --forward-to <url> forwards them'] : forward),
        `  events in ${told.store}`,
        ...left,
        `  URL for the Named Credential in ${told.webhookUrlFile}`,
        `  Give it to an org: opencx-sf webhook set - --target-org local < ${told.webhookUrlFile}`,
        '  An org in the cloud reaches it by a tunnel: put the path of that URL behind the address of the tunnel.',
      ].join('\n'),
      terminal.outColumns,
      '    ',
    ),
    true,
  );
  terminal.reveal(`  Webhook URL (a secret): ${told.webhookUrl}`);
  if (told.inspectorUrl !== undefined) terminal.reveal(`  Inspector (a secret, too): ${told.inspectorUrl}`);
  const keys = terminal.mayPrompt
    ? 'r replays the last event, o opens the inspector, f filters, q ends.'
    : 'Ctrl-C ends.';
  terminal.note(colour.dim(`  ${keys}`), true);
}

function startedJson({ origins, webhookUrlFile, store, routes, waiting, dead }: Announcement): ServeResult {
  return {
    event: 'started',
    origins: [...origins],
    webhookUrlFile,
    store,
    forward: routes.map(({ event, url }) => ({
      ...(event === undefined ? {} : { name: event }),
      target: maskedTarget(url.href),
    })),
    waiting,
    dead,
  };
}
