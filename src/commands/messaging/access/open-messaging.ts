import type { Config } from '../../../config/config-schema.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { createMessagingApi } from '../../../messaging/api/create-messaging-api.ts';
import type { MessagingApi, MessagingEndpoint } from '../../../messaging/api/messaging-api.ts';
import { deriveScrtUrl } from '../../../messaging/endpoint/scrt-url.ts';
import { shortOrgId } from '../../../messaging/endpoint/org-id.ts';
import { checkedInstanceUrl } from '../../../salesforce/auth/org-url.ts';
import { openWebClient, type WebClient } from '../../../salesforce/web-client.ts';
import { packageVersion } from '../../../version.ts';
import { refuseMissing, type MissingInput } from '../../blueprint-inputs.ts';
import type { CommandContext } from '../../command-context.ts';
import { openTarget, type Target } from '../../target/open-target.ts';
import { missingTarget, missingTargetInputs } from '../../target/target-flags.ts';
import type { MessagingFlags } from './flags.ts';

/**
 * Finds the deployment. Host and organization that are given are enough; otherwise the org is logged in to and asked.
 * @throws OpencxError MISSING_INPUT, USAGE, and those of the login
 */
export async function findEndpoint(
  context: CommandContext,
  flags: MessagingFlags,
  config: Config,
): Promise<MessagingEndpoint> {
  const { scrtUrl, orgId, deployment } = config.messaging;
  const host = scrtUrl ?? derived(config.login.instanceUrl);
  if (host !== undefined && orgId !== undefined)
    return { scrtUrl: originOf(host), orgId: shortOrgId(orgId), deployment };
  if (missingTargetInputs(context, flags, config).length > 0) refuseMissing([missingInput(host, orgId)]);
  return endpointOf(await openTarget(context, flags, config), config);
}

/** Who has given one of host and organization wants no login: the other one is missing. */
function missingInput(host: string | undefined, orgId: string | undefined): MissingInput {
  const orLogin = 'or name the org by --target-org';
  if (host !== undefined) return { flag: '--org-id', env: `OPENCX_SF_ORG_ID, ${orLogin}` };
  if (orgId !== undefined) return { flag: '--scrt-url', env: `OPENCX_SF_SCRT_URL, ${orLogin}` };
  return missingTarget;
}

/** The deployment of an org that is open. @throws OpencxError MISSING_INPUT, USAGE */
export function endpointOf({ org, scrtUrl }: Target, { messaging }: Config): MessagingEndpoint {
  const { instanceUrl, id } = org.identity;
  const host = messaging.scrtUrl ?? scrtUrl ?? deriveScrtUrl(instanceUrl);
  if (host === undefined) throw noHost(instanceUrl);
  return { scrtUrl: originOf(host), orgId: shortOrgId(messaging.orgId ?? id), deployment: messaging.deployment };
}

function derived(instanceUrl: string | undefined): string | undefined {
  return instanceUrl === undefined ? undefined : deriveScrtUrl(instanceUrl);
}

/** The host as it is spoken to: by https, or on this machine itself, as tokens go there. @throws OpencxError USAGE */
export function originOf(url: string): string {
  return checkedInstanceUrl(url, '--scrt-url');
}

function noHost(instanceUrl: string): OpencxError {
  return new OpencxError('MISSING_INPUT', {
    message: `Missing: --scrt-url. No host of Live Messaging can be derived from ${instanceUrl}.`,
    details: { missing: ['--scrt-url'] },
    nextSteps: ['Setup → Embedded Service Deployments → the deployment → Code Snippet: give its Url as --scrt-url.'],
  });
}

/** The connection to a host of Live Messaging; it ends with the command. */
export async function openWeb(context: CommandContext, scrtUrl: string): Promise<WebClient> {
  const web = await openWebClient(new URL(scrtUrl));
  context.onEnd(() => web.close());
  return web;
}

/** The API of a deployment. */
export async function openApi(context: CommandContext, endpoint: MessagingEndpoint): Promise<MessagingApi> {
  const web = await openWeb(context, endpoint.scrtUrl);
  return createMessagingApi(endpoint, { web, clock: context.clock, clientVersion: packageVersion() });
}
