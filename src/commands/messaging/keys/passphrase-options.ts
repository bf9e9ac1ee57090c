import type { Command } from 'commander';

import { option } from '../../common-options.ts';

/** How the passphrase of an encrypted private key comes in. */
export function addPassphraseOptions(command: Command): Command {
  return command
    .optionsGroup('Passphrase of the private key (or set OPENCX_SF_PRIVATE_KEY_PASSPHRASE):')
    .addOption(option('--passphrase-file <file>', 'file with the passphrase'))
    .addOption(option('--passphrase-stdin', 'read the passphrase from stdin').conflicts('passphraseFile'));
}
