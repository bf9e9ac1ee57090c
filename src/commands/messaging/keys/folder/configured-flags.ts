import type { CommandContext } from '../../../command-context.ts';
import { loadSettings, type FlagMapping } from '../../../load-settings.ts';
import type { Handler } from '../../../run-command.ts';
import type { KeysFlags, NewKeyFlags } from '../flags.ts';

/** Flags that are properties of the configuration too. */
const keysFlags: readonly FlagMapping[] = [
  { flag: 'out', path: ['messaging', 'keysFolder'] },
  { flag: 'issuer', path: ['messaging', 'issuer'] },
];

/**
 * The handler with what the configuration says where flags are silent: the commands that use the keys look in its folder, and
 * sign for its issuer.
 */
export function configured<F extends KeysFlags & Pick<Partial<NewKeyFlags>, 'issuer'>>(
  handler: Handler<F>,
): Handler<F> {
  return async (context: CommandContext, flags: F) => {
    const { keysFolder: out, issuer } = (await loadSettings(context, flags, keysFlags)).config.messaging;
    return await handler(context, {
      ...flags,
      ...(out === undefined ? {} : { out }),
      ...(issuer === undefined ? {} : { issuer }),
    });
  };
}
