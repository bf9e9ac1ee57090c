import type { Config } from '../../../config/config-schema.ts';
import { exitCodes } from '../../../errors/exit-codes.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { probeDeployment } from '../../../messaging/endpoint/probe-deployment.ts';
import { deriveScrtUrl } from '../../../messaging/endpoint/scrt-url.ts';
import { readKeyFolder, type KeyFolder } from '../../../messaging/keys/key-folder.ts';
import { packageVersion } from '../../../version.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import { loadSettings } from '../../load-settings.ts';
import { openTarget, type Target } from '../../target/open-target.ts';
import { missingTargetInputs } from '../../target/target-flags.ts';
import { messagingFlags, type MessagingFlags } from '../access/flags.ts';
import { originOf, openWeb } from '../access/open-messaging.ts';
import { configuredKeysFolder, issuerOf } from '../access/signer.ts';
import { readPassphrase } from '../keys/passphrase.ts';
import { deploymentSetting } from './deployment-setting.ts';
import { hostSetting, unknownHost } from './host-setting.ts';
import { keySettings } from './key-settings.ts';
import { instanceSetting, organizationSetting } from './org-settings.ts';
import { settingsText } from './present-settings.ts';
import type { MessagingSettingsResult, SettingJson } from './result-schema.ts';

/** `messaging settings`: what goes into the MIAW tab of OpenCX, each value checked where it can be. Changes nothing. */
export async function messagingSettingsHandler(
  context: CommandContext,
  flags: MessagingFlags,
): Promise<CommandResult<MessagingSettingsResult>> {
  const { config } = await loadSettings(context, flags, messagingFlags);
  const passphrase = await readPassphrase(context, flags);
  const keys = await readKeyFolder(configuredKeysFolder(context, config));
  // Without an org there is still much to be said.
  const named = missingTargetInputs(context, flags, config).length === 0;
  const target = named ? await openTarget(context, flags, config) : undefined;
  const identity = target?.org.identity;
  const instance = instanceSetting(identity?.instanceUrl, config.login.instanceUrl);
  const organization = organizationSetting(identity?.id, config.messaging.orgId);
  const settings = [
    instance,
    await deploymentSetting(config.messaging.deployment, target?.org),
    organization,
    ...keySettings(keys, passphrase, context.clock.now()),
    await askHost(context, config, target, instance, organization),
    issuerSetting(config, keys),
  ];
  const failed = settings.filter(({ status }) => status === 'fail');
  const text = settingsText(settings, context.terminal.outColour, context.terminal.outColumns);
  if (failed.length === 0) return { status: 'ok', exitCode: exitCodes.done, result: { settings }, warnings: [], text };
  const error = new OpencxError('CHECKS_FAILED', {
    message: `${failed.map(({ name }) => name).join(', ')} would not be accepted as it is.`,
    nextSteps: failed.flatMap(({ remedy }) => (remedy === undefined ? [] : [remedy])),
  });
  return { status: 'error', exitCode: error.exitCode, result: { settings }, warnings: [], text, error };
}

async function askHost(
  context: CommandContext,
  { messaging }: Config,
  target: Target | undefined,
  instance: SettingJson,
  organization: SettingJson,
): Promise<SettingJson> {
  const given = messaging.scrtUrl ?? target?.scrtUrl;
  const scrtUrl = given ?? (instance.value === null ? undefined : deriveScrtUrl(instance.value));
  if (scrtUrl === undefined) return unknownHost('not known: it follows from no Instance URL that is known here');
  if (organization.value === null || organization.status === 'fail')
    return { ...unknownHost('not asked: it wants to know the org'), value: scrtUrl };
  const endpoint = { scrtUrl: originOf(scrtUrl), orgId: organization.value, deployment: messaging.deployment };
  const { clock, signal } = context;
  const web = await openWeb(context, endpoint.scrtUrl);
  const probe = await probeDeployment(endpoint, { web, clock, clientVersion: packageVersion() }, signal);
  return hostSetting(endpoint.scrtUrl, given !== undefined, probe);
}

/** OpenCX does not ask for it, and yet a keyset in Salesforce cannot be without it. */
function issuerSetting(config: Config, keys: KeyFolder): SettingJson {
  const issuer = issuerOf(config, keys);
  const base = { id: 'issuer', name: 'Issuer', inOpencx: false } as const;
  if (issuer === undefined) {
    return {
      ...base,
      value: null,
      status: 'warn',
      detail: 'open: the keyset needs the "iss" of the tokens, and the page of OpenCX does not name it',
      remedy: 'ask OpenCX, then give it as --issuer',
    };
  }
  return {
    ...base,
    value: issuer,
    status: 'unchecked',
    detail: 'nobody but OpenCX can say whether its tokens have it',
  };
}
