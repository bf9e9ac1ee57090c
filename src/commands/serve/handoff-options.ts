import type { WebhookContract } from '../../blueprint/webhook-contract.ts';
import type { Config } from '../../config/config-schema.ts';
import type { OpencxApi } from '../../handoff/opencx/opencx-api.ts';
import type { ServeListener } from '../../handoff/serve-event.ts';
import type { ServeHandoffOptions } from '../../handoff/serve-options.ts';
import type { HandoffStore } from '../../handoff/store/handoff-store.ts';
import type { CommandContext } from '../command-context.ts';
import type { ServeFlags } from './flags.ts';
import type { OpenedSalesforce } from './org/open-salesforce.ts';
import type { ServeSecrets } from './secrets/serve-secrets.ts';
import { fixturesFolder } from './store-place.ts';
import type { ServeWish } from './wish/serve-wish.ts';

/** What a `serve` is made of, once all of it was read and opened. */
export interface ServeParts {
  readonly contract: WebhookContract;
  readonly wish: ServeWish;
  readonly secrets: ServeSecrets;
  readonly store: HandoffStore;
  readonly salesforce: OpenedSalesforce | undefined;
  readonly opencx: OpencxApi | undefined;
  readonly inspectorToken: string;
  readonly onEvent: ServeListener;
}

/** The same as the domain wants it. */
export function handoffOptions(
  { clock, cwd }: CommandContext,
  { host }: ServeFlags,
  { blueprint }: Config,
  parts: ServeParts,
): ServeHandoffOptions {
  const { contract, wish, secrets, store, salesforce, opencx } = parts;
  return {
    store,
    contract,
    token: secrets.webhook,
    routes: wish.routes,
    mode: wish.mode,
    ...(salesforce === undefined ? {} : { salesforce: salesforce.ports }),
    api: { token: secrets.api },
    ...(wish.callbackUrl === undefined ? {} : { callbackUrl: wish.callbackUrl }),
    caseFromValue: blueprint.caseFromValue,
    ...(host === undefined ? {} : { host }),
    port: wish.port,
    ...(secrets.tls === undefined ? {} : { tls: secrets.tls }),
    clock,
    pace: { giveUpAfterMs: wish.giveUpAfterMs },
    retention: wish.retention,
    inspector: {
      token: parts.inspectorToken,
      fixturesFolder: fixturesFolder(cwd),
      ...(salesforce === undefined ? {} : { org: salesforce.shown }),
      ...(opencx === undefined ? {} : { opencx }),
    },
    ...(secrets.signing.length === 0 ? {} : { signature: { secrets: secrets.signing } }),
    ...(wish.callers === undefined ? {} : { callers: wish.callers }),
    onEvent: parts.onEvent,
  };
}
