import { OpencxError } from '../../errors/opencx-error.ts';
import type { Org } from '../../salesforce/org.ts';
import { setupUrl } from '../org/setup-url.ts';
import { quoted } from '../org/soql-literal.ts';
import {
  lackingAccess,
  lendAccess,
  stopIfAborted,
  takeBack,
  type AppCredentialsEvent,
  type LackingAccess,
} from './lend-access.ts';
import { lentAccess } from './lent-access.ts';
import { refusalOf } from './refusal.ts';

export type { AppCredentialsEvent } from './lend-access.ts';

/** Consumer key and secret; or why this org does not tell them, and the page of Setup where a person finds them. */
export type AppCredentials =
  | { kind: 'read'; key: string; secret: string }
  | { kind: 'unavailable'; why: string; setupUrl: string };

const nothingLacking: LackingAccess = { permissions: false, setting: false };

/**
 * Reads consumer key and secret of an External Client App by the Connect REST API. What the user and the org lack for it is
 * lent for the moment and taken back in any case, also when the reading fails, is aborted, or its events are no longer
 * asked for; what a killed process has left behind is taken back first. No event and no error holds key or secret.
 * @param appName API name, e.g. `OpenCX`
 * @see https://developer.salesforce.com/docs/atlas.en-us.chatterapi.meta/chatterapi/connect_resources_external_client_app_oauth_credentials.htm
 * @throws OpencxError INTERRUPTED, AUTH_FAILED, NETWORK; and what hindered taking back, whatever was read
 */
export async function* readAppCredentials(
  org: Org,
  appName: string,
  { signal }: { signal?: AbortSignal } = {},
): AsyncGenerator<AppCredentialsEvent, AppCredentials> {
  if (await lentAccess(org)) await takeBack(org);
  let lacking: LackingAccess;
  try {
    stopIfAborted(signal);
    lacking = await lackingAccess(org);
  } catch (error) {
    return unavailable(org, error);
  }
  if (!lacking.permissions && !lacking.setting) return yield* readWith(org, appName, nothingLacking, signal);
  // Nothing is yielded below: a caller who leaves would leave the rest of it undone.
  try {
    return yield* readWith(org, appName, lacking, signal);
  } finally {
    await takeBack(org);
  }
}

/** Lends what is lacking and reads. Refusals are an outcome; what was lent is the caller's to take back. */
async function* readWith(
  org: Org,
  appName: string,
  lacking: LackingAccess,
  signal: AbortSignal | undefined,
): AsyncGenerator<AppCredentialsEvent, AppCredentials> {
  try {
    if (lacking !== nothingLacking) yield* lendAccess(org, lacking, signal);
    yield { kind: 'doing', text: `Asking for the consumer of ${appName}` };
    return await patiently(org, lacking, signal, () => askForCredentials(org, appName, signal));
  } catch (error) {
    return unavailable(org, error);
  }
}

/** Permissions and settings take effect at once or a few seconds later. */
async function patiently<T>(
  org: Org,
  lacking: LackingAccess,
  signal: AbortSignal | undefined,
  ask: () => Promise<T>,
): Promise<T> {
  for (let attempt = lacking === nothingLacking ? 4 : 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt >= 4 || !(error instanceof OpencxError) || error.code !== 'PERMISSION_DENIED') throw error;
      await org.clock.sleep(2000);
      stopIfAborted(signal);
    }
  }
}

async function askForCredentials(org: Org, appName: string, signal: AbortSignal | undefined): Promise<AppCredentials> {
  const doing = `reading the consumer of ${appName}`;
  stopIfAborted(signal);
  const apps = await org.query<{ Id: string }>(
    `SELECT Id FROM ExternalClientApplication WHERE DeveloperName = ${quoted([appName])} AND NamespacePrefix = null`,
    doing,
  );
  const app = apps[0];
  if (app === undefined) throw untold(`The org shows no External Client App ${appName}`);
  stopIfAborted(signal);
  const path = `/apps/oauth/credentials/${app.Id}`;
  const { consumers } = await org.rest<{ consumers?: { id?: string }[] }>('GET', path, doing);
  const consumer = consumers?.[0]?.id;
  if (consumer === undefined) throw untold(`${appName} has no OAuth consumer`);
  stopIfAborted(signal);
  const own = `${path}/${encodeURIComponent(consumer)}?part=keyandsecret`;
  const answer = await org.rest<{ key?: unknown; secret?: unknown } | string | undefined>('GET', own, doing);
  const { key, secret } = typeof answer === 'object' ? answer : {};
  // What the org answered instead is not shown: it may hold a secret all the same.
  if (typeof key !== 'string' || typeof secret !== 'string') throw untold(`The org answers without key and secret`);
  return { kind: 'read', key, secret };
}

function untold(message: string): OpencxError {
  return new OpencxError('ORG_REFUSED', { message: `${message}.` });
}

/** @throws the error itself, if it is no refusal */
function unavailable(org: Org, error: unknown): AppCredentials {
  const why = refusalOf(error);
  if (why === undefined) throw error;
  return {
    kind: 'unavailable',
    why,
    setupUrl: setupUrl(org.identity.instanceUrl, 'ManageExternalClientApplication/home'),
  };
}
