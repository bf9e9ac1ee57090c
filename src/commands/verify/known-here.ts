import type { Config } from '../../config/config-schema.ts';
import type { CheckContextOptions } from '../../diagnose/check-context.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { CommandContext } from '../command-context.ts';
import { configuredKeys } from '../messaging/keys/folder/configured-keys.ts';
import { keysFolder } from '../messaging/keys/folder/keys-folder.ts';
import type { Target } from '../target/open-target.ts';

type KnownHere = Pick<CheckContextOptions, 'localKeys' | 'scrtUrl'>;

/** What checks of Live Messaging cannot learn from the org: public keys of this machine, and the host of a local org. */
export async function knownHere(
  context: CommandContext,
  config: Config,
  { scrtUrl }: Pick<Target, 'scrtUrl'>,
): Promise<KnownHere> {
  if (!config.setup.channels.includes('messaging')) return {};
  return { localKeys: await localKeys(context, config), ...(scrtUrl === undefined ? {} : { scrtUrl }) };
}

/** A key that nothing can be done with is a finding, and no reason to look at nothing. */
async function localKeys(context: CommandContext, config: Config): Promise<NonNullable<KnownHere['localKeys']>> {
  try {
    return await configuredKeys(context, config);
  } catch (error) {
    if (!(error instanceof OpencxError) || (error.code !== 'KEYS_UNFIT' && error.code !== 'KEYS_MISSING')) throw error;
    const folder = keysFolder(context, { out: config.messaging.keysFolder });
    const problem = error.code === 'KEYS_UNFIT' ? 'its jwk.json is missing or not as it should be.' : error.message;
    return { folder, keys: [], issuer: config.messaging.issuer, problem };
  }
}
