import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { writePrivateFile } from '../../atomic-files.ts';
import { webhookContract } from '../../blueprint/webhook-contract.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { maskedTarget } from '../../handoff/export/masked.ts';
import { newWebhookToken } from '../../handoff/security/webhook-token.ts';
import type { ServeEvent } from '../../handoff/serve-event.ts';
import type { RunningServe, ServeHandoffOptions } from '../../handoff/serve-handoff.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { loadSettings } from '../load-settings.ts';
import { readerGone } from '../reader-gone.ts';
import { prepareStateFolder } from '../state-folder.ts';
import { announce } from './announce.ts';
import type { ServeFlags } from './flags.ts';
import { openInspector } from './open-inspector.ts';
import { replayLast } from './replay-last.ts';
import type { ServeStopped } from './result-schema.ts';
import { announceServe, findRunningServe } from './running-serve.ts';
import { openServeScreen } from './serve-screen.ts';
import { serveWish } from './serve-wish.ts';
import { openStore, serveFolder, storeFile } from './store-place.ts';
import { webhookToken } from './webhook-token.ts';

/** `serve`: takes webhooks until Ctrl-C, which is its regular end, or until nobody reads what it writes. */
export async function serveHandler(context: CommandContext, flags: ServeFlags): Promise<CommandResult<ServeStopped>> {
  const { terminal, clock, cwd } = context;
  terminal.documentPerLine();
  const { config } = await loadSettings(context, flags, []);
  const contract = webhookContract(config.blueprint.contract);
  const { port, giveUpAfterMs, retention, routes } = serveWish(flags, contract);
  for (const { url } of routes) if (maskedTarget(url.href) !== url.href) terminal.redactor.addSecret(url.href);
  const file = storeFile(context, flags.store);
  await refuseSecond(file);
  await prepareStateFolder(cwd);
  const token = await webhookToken(resolve(cwd, flags.tokenFile ?? join(serveFolder(cwd), 'token')));
  terminal.redactor.addSecret(token);
  const store = await openStore(context, file);

  const counts = { accepted: 0, delivered: 0 };
  let last: string | undefined;
  const replaying = new Set<Promise<void>>();
  let inspectorUrl: string | undefined;
  const replay = () => {
    const work = replayLast(context, store, last, (text) => screen.note(text)).finally(() => replaying.delete(work));
    replaying.add(work);
  };
  const look = () => void openInspector(inspectorUrl, (text) => screen.note(text));
  const keys = new Map([
    ['r', replay],
    ['o', look],
  ]);
  const screen = openServeScreen(context, contract, keys);
  context.onEnd(async () => screen.close());
  // What happens before it is said where: the worker begins at once with what an earlier run has left.
  let early: ServeEvent[] | undefined = [];
  const onEvent = (event: ServeEvent) => {
    if (event.type === 'accepted') {
      counts.accepted++;
      last = event.eventId;
    }
    if (event.type === 'delivered') counts.delivered++;
    if (early === undefined) screen.event(event);
    else early.push(event);
  };
  const before = await store.counts();
  const inspector = { token: newWebhookToken() };
  terminal.redactor.addSecret(inspector.token);
  const running = await started(
    { store, contract, token, routes, port, retention, pace: { giveUpAfterMs }, clock, onEvent, inspector },
    flags.host,
  );
  ({ inspectorUrl } = running);
  context.onEnd(() => running.close());
  const webhookUrlFile = join(serveFolder(cwd), 'webhook-url');
  await writePrivateFile(webhookUrlFile, `${running.webhookUrl}\n`);
  context.onEnd(() => rm(webhookUrlFile, { force: true }));
  const [origin = ''] = running.origins;
  context.onEnd(await announceServe(file, { pid: process.pid, origin, webhookUrl: running.webhookUrl }));
  announce(context, contract, {
    origins: running.origins,
    webhookUrl: running.webhookUrl,
    webhookUrlFile,
    inspectorUrl,
    store: file,
    routes,
    waiting: before.pending + before.delivering,
    dead: before.dead,
  });
  for (const event of early) screen.event(event);
  early = undefined;

  await aborted(AbortSignal.any([context.signal, readerGone(context), screen.left]));
  screen.close();
  await Promise.all(replaying);
  await running.close();
  const { pending, delivering, dead } = await store.counts();
  const result: ServeStopped = { event: 'stopped', ...counts, waiting: pending + delivering, dead };
  if (!terminal.json) terminal.note(stoppedText(result));
  return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], streamed: true, text: '' };
}

/** Two on one store would share its deliveries, and a person would wonder where half of them went. */
async function refuseSecond(store: string): Promise<void> {
  const already = await findRunningServe(store);
  if (already === undefined) return;
  throw new OpencxError('SERVE_UNAVAILABLE', {
    message: `A serve works on ${store} already: process ${already.pid}, at ${already.origin}.`,
    nextSteps: ['End that one, or give this one another --store and --port.'],
  });
}

async function started(options: ServeHandoffOptions, host: string | undefined): Promise<RunningServe> {
  const { serveHandoff } = await import('../../handoff/serve-handoff.ts');
  return await serveHandoff({ ...options, ...(host === undefined ? {} : { host }) });
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function stoppedText({ accepted, delivered, waiting, dead }: ServeStopped): string {
  return [
    `Stopped: ${accepted} taken, ${delivered} delivered.`,
    ...(waiting === 0 ? [] : [`${waiting} wait in the store; the next serve carries them on.`]),
    ...(dead === 0 ? [] : [`${dead} are dead: opencx-sf events list --state dead`]),
  ].join(' ');
}
