import type { Config } from '../../config/config-schema.ts';
import type { MissingInput } from '../blueprint-inputs.ts';
import type { CommandContext } from '../command-context.ts';
import type { FlagMapping } from '../load-settings.ts';
import type { TargetFlags } from './target-options.ts';

/** Target flags that are properties of the configuration too. */
export const targetFlags: readonly FlagMapping[] = [
  { flag: 'targetOrg', path: ['targetOrg'] },
  { flag: 'apiVersion', path: ['apiVersion'] },
  { flag: 'instanceUrl', path: ['login', 'instanceUrl'] },
  { flag: 'clientId', path: ['login', 'clientId'] },
  { flag: 'privateKeyFile', path: ['login', 'privateKeyFile'] },
  { flag: 'username', path: ['login', 'username'] },
  { flag: 'loginUrl', path: ['login', 'loginUrl'] },
];

/** The target's name: flag, variable or file, then the variable of the Salesforce CLI. */
export function targetName(context: CommandContext, config: Config): string | undefined {
  const fallback = context.env['SF_TARGET_ORG']?.trim();
  return config.targetOrg ?? (fallback === undefined || fallback === '' ? undefined : fallback);
}

export const missingTarget: MissingInput = { flag: '--target-org', env: 'OPENCX_SF_TARGET_ORG (or SF_TARGET_ORG)' };

/** Names --target-org when nothing at all says which org is meant. */
export function missingTargetInputs(context: CommandContext, flags: TargetFlags, config: Config): MissingInput[] {
  const named = targetName(context, config) !== undefined;
  const token = flags.accessTokenStdin === true || (context.env['SF_ACCESS_TOKEN'] ?? '') !== '';
  const otherWay = config.login.clientId !== undefined || flags.web === true;
  return named || token || otherWay ? [] : [missingTarget];
}
