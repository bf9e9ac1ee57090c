import { join, resolve } from 'node:path';

import type { CommandContext } from '../../../command-context.ts';
import { prepareStateFolder, stateFolder } from '../../../state-folder.ts';
import type { KeysFlags } from '../flags.ts';

/** Where the keys are: `--out`, or in the state folder of the project. */
export function keysFolder(context: CommandContext, { out }: { out?: string | undefined }): string {
  return out === undefined ? join(stateFolder(context.cwd), 'messaging-keys') : resolve(context.cwd, out);
}

/** The same before keys are written: the state folder is made first, out of version control. */
export async function writableKeysFolder(context: CommandContext, flags: KeysFlags): Promise<string> {
  if (flags.out === undefined) await prepareStateFolder(context.cwd);
  return keysFolder(context, flags);
}
