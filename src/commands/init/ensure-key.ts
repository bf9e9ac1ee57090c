import type { Config } from '../../config/config-schema.ts';
import type { CommandContext } from '../command-context.ts';
import { configuredKeys } from '../messaging/keys/folder/configured-keys.ts';
import type { InitFlags } from './flags.ts';

/** Makes the key pair of Live Messaging where it is wanted and there is none yet; a key that is there is never touched. */
export async function ensureKey(context: CommandContext, flags: InitFlags, config: Config): Promise<void> {
  const { setup, messaging } = config;
  if (!setup.channels.includes('messaging')) return;
  const { keys, issuer } = await configuredKeys(context, config);
  if (keys.length > 0) return;
  const { keysGenerateHandler } = await import('../messaging/keys/generate.ts');
  const { result } = await keysGenerateHandler(context, {
    ...flags,
    days: '365',
    ...(messaging.keysFolder === undefined ? {} : { out: messaging.keysFolder }),
    ...(issuer === undefined ? {} : { issuer }),
  });
  context.terminal.note(`Key ${result.kid} was made in ${result.folder}; the private key is for OpenCX alone.`);
}
