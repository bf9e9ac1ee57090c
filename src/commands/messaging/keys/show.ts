import { exitCodes } from '../../../errors/exit-codes.ts';
import { describeKey } from '../../../messaging/keys/describe-key.ts';
import { readKeyFolder } from '../../../messaging/keys/key-folder.ts';
import { issuerIn } from '../../../messaging/keys/metadata-files.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import type { KeysFlags } from './flags.ts';
import { keysFolder } from './folder/keys-folder.ts';
import { shownKeysText } from './present-keys.ts';
import type { KeysShowResult } from './result-schema.ts';

/** `messaging keys show`: what the public files of the keys tell. No private key is decoded. */
export async function keysShowHandler(
  context: CommandContext,
  flags: KeysFlags,
): Promise<CommandResult<KeysShowResult>> {
  const { folder, current, old, metadata } = await readKeyFolder(keysFolder(context, flags));
  const now = context.clock.now();
  const keys: KeysShowResult['keys'] = [
    ...(current === undefined ? [] : [{ state: 'current' as const, ...describeKey(current, now) }]),
    ...old.map((key) => ({ state: 'old' as const, ...describeKey(key, now) })),
  ];
  const result = { folder, issuer: issuerIn(metadata) ?? null, keys };
  const text = shownKeysText(result, context.terminal.outColour);
  return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], text };
}
