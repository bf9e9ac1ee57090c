import { webhookContract } from '../../blueprint/webhook-contract.ts';
import type { Config } from '../../config/config-schema.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { maskedTarget } from '../../handoff/export/masked.ts';
import { newWebhookToken } from '../../handoff/security/webhook-token.ts';
import type { RunningServe, ServeHandoffOptions } from '../../handoff/serve-options.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { loadSettings } from '../load-settings.ts';
import { readerGone } from '../streaming/reader-gone.ts';
import { withLocalDefaults } from '../setup/local-defaults.ts';
import { prepareStateFolder } from '../state-folder.ts';
import { targetFlags } from '../target/target-flags.ts';
import type { ServeFlags } from './flags.ts';
import { handoffOptions } from './handoff-options.ts';
import { openOpencx } from './org/open-opencx.ts';
import { openServeSalesforce, type OpenedSalesforce } from './org/open-salesforce.ts';
import { organizationsLeft } from './org/originals.ts';
import { pointHere, type PointedHere } from './org/point-here.ts';
import type { ServeRestored, ServeStopped } from './result-schema.ts';
import { announceServe, findRunningServe } from './running-serve.ts';
import { announce } from './screen/announce.ts';
import { openServeWatch } from './screen/serve-watch.ts';
import { serveSecrets } from './secrets/serve-secrets.ts';
import { openStore, serveFolder, storePlace, type StorePlace } from './store-place.ts';
import { leaveUrls } from './url-files.ts';
import { serveWish, type ServeWish } from './wish/serve-wish.ts';

/** `serve`: works until Ctrl-C, which is its regular end, or until nobody reads what it writes. */
export async function serveHandler(
  context: CommandContext,
  flags: ServeFlags,
): Promise<CommandResult<ServeStopped | ServeRestored>> {
  const { terminal, cwd } = context;
  const config = await serveSettings(context, flags);
  if (flags.restore === true) return (await import('./org/restore.ts')).restore(context, flags, config);
  terminal.documentPerLine();
  const contract = webhookContract(config.blueprint.contract);
  const wish = serveWish(flags, contract, cwd);
  for (const url of [...wish.routes.map(({ url }) => url), wish.callbackUrl]) {
    if (url !== undefined && maskedTarget(url.href) !== url.href) terminal.redactor.addSecret(url.href);
  }
  const place = storePlace(context, flags);
  await refuseSecond(place);
  await prepareStateFolder(cwd);
  const secrets = await serveSecrets(context, flags, wish);
  const store = await openStore(context, place);
  const salesforce = await openServeSalesforce(context, flags, config, secrets.signing);
  const opencx = await openOpencx(context, secrets.opencxApiKey, flags.opencxUrl);

  const watch = openServeWatch(context, contract, store);
  context.onEnd(async () => watch.close());
  const before = await store.counts();
  const inspectorToken = newWebhookToken();
  terminal.redactor.addSecret(inspectorToken);
  const parts = { contract, wish, secrets, store, salesforce, opencx, inspectorToken, onEvent: watch.hear };
  const running = await started(handoffOptions(context, flags, config, parts));
  const { inspectorUrl } = running;
  watch.knowInspector(inspectorUrl);
  context.onEnd(() => running.close());
  const webhookUrl = publicly(running.webhookUrl, wish.publicOrigin);
  const urlFiles = await leaveUrls(serveFolder(cwd), { webhookUrl, inspectorUrl }, context.onEnd);
  const [origin = ''] = running.origins;
  context.onEnd(
    await announceServe(place, {
      pid: process.pid,
      origin,
      webhookUrl: running.webhookUrl,
      ...(secrets.tls === undefined ? {} : { certificate: secrets.tls.cert }),
    }),
  );
  const pointed = await pointedHere(context, config, wish, salesforce, webhookUrl);
  announce(context, contract, {
    origins: running.origins,
    webhookUrl,
    inspectorUrl,
    ...urlFiles,
    store: place.shown,
    routes: wish.routes,
    mode: wish.mode,
    apiTokenFile: secrets.apiTokenFile,
    callbackUrl: wish.callbackUrl,
    salesforce,
    pointed,
    left: await organizationsLeft(serveFolder(cwd)),
    waiting: before.pending + before.delivering,
    dead: before.dead,
  });
  watch.begin();

  await aborted(AbortSignal.any([context.signal, readerGone(context), watch.left]));
  watch.close();
  // First of all: what the org sends from here on is for whoever stood there before.
  await pointed?.setBack();
  await watch.settled();
  await running.close();
  const { pending, delivering, dead } = await store.counts();
  const result: ServeStopped = { event: 'stopped', ...watch.counts(), waiting: pending + delivering, dead };
  if (!terminal.json) terminal.note(stoppedText(result));
  return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], streamed: true, text: '' };
}

/** Points the Named Credential here, where the org can reach this machine and may be changed. */
async function pointedHere(
  context: CommandContext,
  { blueprint }: Config,
  { mode, publicOrigin }: ServeWish,
  salesforce: OpenedSalesforce | undefined,
  webhookUrl: string,
): Promise<PointedHere | undefined> {
  if (salesforce === undefined || mode === 'read-only') return undefined;
  if (!salesforce.isLocal && publicOrigin === undefined) return undefined;
  const { namedCredential: name } = blueprint.names;
  return await pointHere(context, { org: salesforce.org, name, folder: serveFolder(context.cwd) }, webhookUrl);
}

/** The local org is there to be tried: it is set up with example values where nothing is said, and served with the same. */
async function serveSettings(context: CommandContext, flags: ServeFlags): Promise<Config> {
  const loaded = await loadSettings(context, flags, targetFlags);
  return loaded.config.targetOrg === 'local' ? withLocalDefaults(loaded) : loaded.config;
}

/** Two on one file would share its deliveries, and a person would wonder where half of them went. Databases are there to be shared. */
async function refuseSecond(place: StorePlace): Promise<void> {
  if (place.file === undefined) return;
  const already = await findRunningServe(place);
  if (already === undefined) return;
  throw new OpencxError('SERVE_UNAVAILABLE', {
    message: `A serve works on ${place.shown} already: process ${already.pid}, at ${already.origin}.`,
    nextSteps: ['End that one, or give this one another --store and --port.'],
  });
}

async function started(options: ServeHandoffOptions): Promise<RunningServe> {
  const { serveHandoff } = await import('../../handoff/serve-handoff.ts');
  return await serveHandoff(options);
}

/** The webhook as those outside reach it. */
function publicly(webhookUrl: string, origin: string | undefined): string {
  return origin === undefined ? webhookUrl : `${origin}${new URL(webhookUrl).pathname}`;
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
