import { makeKey } from '../../../messaging/keys/make-key.ts';
import { placeFiles, refuseOccupied } from '../../../messaging/keys/place-files.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import type { KeysGenerateFlags } from './flags.ts';
import { keysFolder, writableKeysFolder } from './folder/keys-folder.ts';
import { madeKeyAnswer, madeKeyResult } from './made/made-key.ts';
import { newKeyRequest } from './made/new-key-request.ts';
import type { KeysGenerateResult } from './result-schema.ts';
import { rotated } from './rotate.ts';

/** `messaging keys generate`: a key pair and what OpenCX and Salesforce are given of it, as files. */
export async function keysGenerateHandler(
  context: CommandContext,
  flags: KeysGenerateFlags,
): Promise<CommandResult<KeysGenerateResult>> {
  if (flags.rotate === true) return await rotated(context, flags);
  // Before seconds are spent on primes.
  await refuseOccupied(keysFolder(context, flags));
  const request = await newKeyRequest(context, flags);
  const made = await makeKey({ ...request, beside: [] }, context.signal);
  const folder = await writableKeysFolder(context, flags);
  await placeFiles(folder, made.files);
  const { issuer, passphrase, now } = request;
  const result = madeKeyResult({ folder, made, issuer, encrypted: passphrase !== undefined, now });
  return madeKeyAnswer(context, result);
}
