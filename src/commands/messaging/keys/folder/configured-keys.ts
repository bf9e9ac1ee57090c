import type { VerificationKey } from '../../../../blueprint/messaging/render-verification-keys.ts';
import type { Config } from '../../../../config/config-schema.ts';
import type { CommandContext } from '../../../command-context.ts';
import { keysFolder } from './keys-folder.ts';

/** What a set-up is told of the keys: nothing private. */
export interface ConfiguredKeys {
  folder: string;
  keys: readonly VerificationKey[];
  /** As it was given, else as the keyset beside the keys has it. */
  issuer: string | undefined;
}

/** Reads the public keys of the folder that the configuration names. @throws OpencxError KEYS_MISSING, KEYS_UNFIT */
export async function configuredKeys(context: CommandContext, { messaging }: Config): Promise<ConfiguredKeys> {
  const [{ readKeyFolder }, { issuerIn }, { verificationKeys }] = await Promise.all([
    import('../../../../messaging/keys/key-folder.ts'),
    import('../../../../messaging/keys/metadata-files.ts'),
    import('../../../../messaging/keys/verification-keys.ts'),
  ]);
  const present = await readKeyFolder(keysFolder(context, { out: messaging.keysFolder }));
  return {
    folder: present.folder,
    keys: verificationKeys(present),
    issuer: messaging.issuer ?? issuerIn(present.metadata),
  };
}
