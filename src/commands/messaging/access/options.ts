import type { Command } from 'commander';

import { option } from '../../common-options.ts';
import { addPassphraseOptions } from '../keys/passphrase-options.ts';

/** Adds what says which deployment is meant. */
export function addDeploymentOptions(command: Command): Command {
  return command
    .optionsGroup('Deployment:')
    .addOption(option('--es-developer-name <name>', 'ES Developer Name of the deployment, in its exact case'))
    .addOption(option('--scrt-url <url>', 'Url of its Code Snippet (default: derived from My Domain)'))
    .addOption(option('--org-id <id>', 'organization id; with --scrt-url no login to the org is needed'));
}

/** Adds what identity tokens are signed with. */
export function addSigningOptions(command: Command): Command {
  return addPassphraseOptions(
    command
      .optionsGroup('Identity token:')
      .addOption(option('--issuer <iss>', '"iss" of the token, as the keyset has it'))
      .addOption(option('--keys <folder>', 'folder of the keys (default: .opencx-sf/messaging-keys)')),
  );
}
