import { exitCodes } from '../../../errors/exit-codes.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { describeKey } from '../../../messaging/keys/describe-key.ts';
import { readKeyFolder, type KeyFolder } from '../../../messaging/keys/key-folder.ts';
import { isEncrypted } from '../../../messaging/keys/read/read-key.ts';
import { removeOldKeys, rotateKeys } from '../../../messaging/keys/rotate-keys.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import type { KeysRotateFlags, NewKeyFlags } from './flags.ts';
import { keysFolder } from './folder/keys-folder.ts';
import { madeKeyAnswer, madeKeyResult } from './made/made-key.ts';
import { newKeyRequest } from './made/new-key-request.ts';
import type { KeysGenerateResult, KeysRotateResult } from './result-schema.ts';

/** `messaging keys rotate`: a new key beside the one that is used, or the replaced ones taken away. Files alone. */
export async function keysRotateHandler(
  context: CommandContext,
  flags: KeysRotateFlags,
): Promise<CommandResult<KeysRotateResult>> {
  return flags.removeOld === true ? await removed(context, flags) : await rotated(context, flags);
}

/** The rotation itself, which `generate --rotate` does too. */
export async function rotated(context: CommandContext, flags: NewKeyFlags): Promise<CommandResult<KeysGenerateResult>> {
  const present = await readKeyFolder(keysFolder(context, flags));
  const now = context.clock.now();
  const usualBits = present.current === undefined ? undefined : describeKey(present.current, now).bits;
  const request = await newKeyRequest(context, flags, usualBits);
  refuseDowngrade(present, request.passphrase);
  const { made, replaced, issuer } = await rotateKeys(present, request, context.signal);
  const { folder } = present;
  const encrypted = request.passphrase !== undefined;
  const result = { ...madeKeyResult({ folder, made, issuer, encrypted, now: request.now }), replaced };
  return madeKeyAnswer(context, result);
}

/** Whoever keeps a key encrypted does not want the next one in the open. @throws OpencxError MISSING_INPUT */
function refuseDowngrade({ current }: KeyFolder, passphrase: string | undefined): void {
  if (passphrase !== undefined || !isEncrypted(current?.texts.privateKey ?? '')) return;
  throw new OpencxError('MISSING_INPUT', {
    message: 'The present private key is encrypted, and no passphrase was given for the new one. Nothing was written.',
    nextSteps: [
      'Give one by --passphrase-file, --passphrase-stdin or OPENCX_SF_PRIVATE_KEY_PASSPHRASE.',
      'A key that is not encrypted, in another folder: opencx-sf messaging keys generate --out <folder>.',
    ],
  });
}

async function removed(context: CommandContext, flags: KeysRotateFlags): Promise<CommandResult<KeysRotateResult>> {
  refuseBoth(context);
  const present = await readKeyFolder(keysFolder(context, flags));
  const { folder, old } = present;
  if (old.length > 0) await agree(context, flags, present);
  const gone = old.length === 0 ? [] : await removeOldKeys(present);
  const text = gone.length === 0 ? `✓ nothing to remove: ${folder} holds no replaced keys.` : goneText(gone);
  return { status: 'ok', exitCode: exitCodes.done, result: { folder, removed: gone }, warnings: [], text };
}

function goneText(gone: readonly string[]): string {
  return [...gone.map((folder) => `✓ removed ${folder}`), 'The metadata names the present key alone.'].join('\n');
}

/** @throws OpencxError USAGE */
function refuseBoth(context: CommandContext): void {
  const meant = ['bits', 'kid', 'days', 'issuer'].filter((flag) => context.sourceOf(flag) === 'cli');
  if (meant.length === 0) return;
  throw new OpencxError('USAGE', {
    message: `--remove-old makes no key, so that --${meant.join(', --')} cannot be meant.`,
    nextSteps: ['First rotate without --remove-old; once OpenCX uses the new key, rotate --remove-old.'],
  });
}

/** @throws OpencxError CONFIRMATION_REQUIRED, INTERRUPTED: a private key that is gone is gone */
async function agree(context: CommandContext, flags: KeysRotateFlags, { folder, old }: KeyFolder): Promise<void> {
  if (flags.yes === true) return;
  const { terminal } = context;
  const kids = old.map((key) => safeText(describeKey(key, context.clock.now()).kid ?? key.folder)).join(', ');
  if (!terminal.mayPrompt) {
    throw new OpencxError('CONFIRMATION_REQUIRED', {
      message: `Nobody is there to be asked whether ${kids} in ${folder} shall be removed; nothing was.`,
      nextSteps: ['Add --yes, once OpenCX signs with the new key and the old one is out of the keyset.'],
    });
  }
  const { confirm } = await import('../../../terminal/prompt.ts');
  if (await confirm(terminal, `Does OpenCX use the new key already, and shall the files of ${kids} be removed?`))
    return;
  throw new OpencxError('INTERRUPTED', { message: 'Nothing was removed.' });
}
