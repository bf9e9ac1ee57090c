import type { Config } from '../../../config/config-schema.ts';
import { caseSettingsOf } from '../../../handoff/case/case-settings.ts';
import type { InspectedOrg } from '../../../handoff/inspector/data-ports.ts';
import type { ServeSalesforce } from '../../../handoff/serve-options.ts';
import { guardProduction } from '../../../provision/deploy/production-guard.ts';
import type { Org } from '../../../salesforce/org.ts';
import type { CommandContext } from '../../command-context.ts';
import { consentOf } from '../../consent.ts';
import { openTarget, type Target } from '../../target/open-target.ts';
import type { ServeFlags } from '../flags.ts';
import { integrationOrg } from './integration-org.ts';
import { serveMessaging } from './serve-messaging.ts';
import { signingWarnings } from './signing-warnings.ts';

/** The org that `serve` is connected to. */
export interface OpenedSalesforce {
  /** Of whoever logged in, who may change the Named Credential. */
  readonly org: Org;
  readonly ports: ServeSalesforce;
  readonly shown: InspectedOrg;
  /** Name and id, for people. */
  readonly name: string;
  /** It calls this machine by itself; any other org needs the address of a tunnel. */
  readonly isLocal: boolean;
  /** Why only email is handed off; undefined if all channels are. */
  readonly whyNoMessaging: string | undefined;
  /** What does not hold up the start, and will be missed later. */
  readonly warnings: readonly string[];
}

/**
 * Whether an org is meant. Variables of the Salesforce CLI alone mean none: a `serve` that only records must not log in to an
 * org, and least of all write to it, because its name stands somewhere in the environment.
 */
function isOrgWanted(flags: ServeFlags, config: Config): boolean {
  return (
    config.targetOrg !== undefined ||
    config.login.clientId !== undefined ||
    flags.accessTokenStdin === true ||
    flags.web === true
  );
}

/**
 * Logs in to the org that sessions are handed off to; undefined if none is meant.
 * @param signing secrets of which one must have signed each webhook; empty: signatures are not asked for
 * @throws OpencxError CONFIRMATION_REQUIRED for a production org that was not named, and those of the login
 */
export async function openServeSalesforce(
  context: CommandContext,
  flags: ServeFlags,
  config: Config,
  signing: readonly string[],
): Promise<OpenedSalesforce | undefined> {
  if (!isOrgWanted(flags, config)) return undefined;
  const target = await openTarget(context, flags, config, { shareLocal: true });
  const { org, flag } = target;
  const isLocal = flag === '--target-org local';
  const isReadOnly = flags.readOnly === true;
  if (!isReadOnly) guardProduction(org.identity, consentOf(flags), '--read-only changes nothing');
  const messaging = await serveMessaging(context, flags, config, target);
  const cases = caseSettingsOf(config.blueprint, config.setup.emailToCase.origin);
  const acting = isLocal && !isReadOnly ? await integrationOrg(context, org, config) : org;
  return {
    org,
    ports: { org: acting, cases, ...('why' in messaging ? {} : { messaging }) },
    shown: shownOrg(target, messaging),
    name: `${org.identity.name} (${org.identity.id})`,
    isLocal,
    whyNoMessaging: 'why' in messaging ? messaging.why : undefined,
    warnings: [
      ...(await signingWarnings(org, config.blueprint, signing)),
      ...(isReadOnly ? [] : actingWarnings(acting, config)),
    ],
  };
}

/** Who hands sessions off, and with what. */
function actingWarnings({ identity }: Org, { blueprint }: Config): string[] {
  const { replyTo, integrationUsername: wanted, options } = blueprint;
  const { username } = identity;
  const isOther = username !== undefined && wanted !== undefined && username.toLowerCase() !== wanted.toLowerCase();
  return [
    ...(isOther
      ? [`This login is ${username}; mail to contacts is sent only if ${wanted} saves it, whom the trigger knows.`]
      : []),
    ...(options.caseClosed
      ? []
      : ['blueprint.options.caseClosed is off: no session of a Case is resolved when the Case is closed.']),
    ...(replyTo === undefined
      ? ['blueprint.replyTo is not in the configuration, so that mail to contacts names no sender.']
      : []),
  ];
}

function shownOrg({ org }: Target, messaging: Awaited<ReturnType<typeof serveMessaging>>): InspectedOrg {
  const url = org.identity.instanceUrl;
  return 'why' in messaging ? { url } : { url, messagingUrl: messaging.api.endpoint.scrtUrl };
}
