import type { Command } from 'commander';

import { addCommonOptions, option } from '../../common-options.ts';
import { runs, type Handler } from '../../run-command.ts';
import type { KeysCheckFlags, KeysFlags, KeysGenerateFlags, KeysRotateFlags } from './flags.ts';
import { addPassphraseOptions } from './passphrase-options.ts';

const folder = () => option('--out <folder>', 'folder of the keys (default: .opencx-sf/messaging-keys)');

const generateExamples = `
Examples:
  opencx-sf messaging keys generate --issuer opencx.example.com
  tool get passphrase | opencx-sf messaging keys generate --passphrase-stdin`;

/** The configuration is read by what is loaded when the command runs, as its handler is. */
async function configured<F extends KeysFlags>(handler: Handler<F>): Promise<Handler<F>> {
  return (await import('./folder/configured-flags.ts')).configured(handler);
}

export function registerMessagingKeys(messaging: Command): void {
  const keys = messaging.command('keys').description('The RSA key that OpenCX signs identity tokens with');

  const generate = keys
    .command('generate')
    .description('Make a key pair, its certificate, and the JWK that is uploaded to Salesforce; needs no org')
    .addHelpText('after', generateExamples)
    .addOption(option('--rotate', 'keep the key that is there beside the new one, as rotate does'));
  addCommonOptions(addPassphraseOptions(addNewKeyOptions(generate))).action(
    runs<KeysGenerateFlags>(async () => await configured((await import('./generate.ts')).keysGenerateHandler)),
  );

  addCommonOptions(
    keys.command('show').description('Tell key ids, fingerprints and when certificates end').addOption(folder()),
  ).action(runs<KeysFlags>(async () => await configured((await import('./show.ts')).keysShowHandler)));

  const check = keys
    .command('check')
    .description('Tell whether PEM files, certificate and JWK are one key, and would be taken')
    .addOption(folder())
    .addOption(option('--auth-private-key <file>', 'check this file, not those of the folder'))
    .addOption(option('--auth-public-key <file>', 'likewise'))
    .addOption(option('--certificate <file>', 'likewise'))
    .addOption(option('--jwk <file>', 'likewise'))
    .addOption(option('--auth-key-id <kid>', 'the Auth Key ID that OpenCX has, to be compared'))
    .addOption(
      option(
        '--fix',
        'write key files as OpenCX asks for them (PKCS#8, SPKI, clean lines, mode 600), and metadata of this key',
      ),
    );
  addCommonOptions(addPassphraseOptions(check)).action(
    runs<KeysCheckFlags>(async () => await configured((await import('./check.ts')).keysCheckHandler)),
  );

  const rotate = keys
    .command('rotate')
    .description('Make a new key beside the one that is used; changes files, not the org')
    .addOption(option('--remove-old', 'make none; take away the keys that were replaced'))
    .addOption(option('-y, --yes', 'do not ask before keys are taken away'));
  addCommonOptions(addPassphraseOptions(addNewKeyOptions(rotate))).action(
    runs<KeysRotateFlags>(async () => await configured((await import('./rotate.ts')).keysRotateHandler)),
  );
}

function addNewKeyOptions(command: Command): Command {
  return command
    .addOption(folder())
    .addOption(
      option('--bits <bits>', 'size of the key (default: 2048, or that of the key before)').choices([
        '2048',
        '3072',
        '4096',
      ]),
    )
    .addOption(option('--kid <id>', 'key id, the Auth Key ID of OpenCX (default: made of date and fingerprint)'))
    .addOption(option('--days <days>', 'days the certificate is valid').default('365'))
    .addOption(option('--issuer <iss>', 'what OpenCX puts into "iss"; makes the keyset as metadata'));
}
