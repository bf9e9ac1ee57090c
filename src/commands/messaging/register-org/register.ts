import type { Command } from 'commander';

import { addCommonOptions, collect, option } from '../../common-options.ts';
import { addConsentOptions } from '../../consent.ts';
import { runs } from '../../run-command.ts';
import { allowChannelOption } from '../../setup/setup-flags.ts';
import { addTargetOptions } from '../../target/target-options.ts';
import type { MessagingRegisterFlags } from './flags.ts';

const examples = `
Examples:
  opencx-sf messaging register --target-org my-sandbox --es-developer-name Support_Api --issuer opencx.example.com --dry-run
  opencx-sf messaging register --target-org local --create-deployment --issuer opencx.example.com --yes
  opencx-sf messaging register --print --es-developer-name Support_Api`;

/** Adds `messaging register`. */
export function registerMessagingRegister(messaging: Command): void {
  const command = messaging
    .command('register')
    .description(
      'Register the key in the org, and let channel and flow take what OpenCX sends; run again, it does the rest',
    )
    .addHelpText('after', examples)
    .optionsGroup('What is registered (the configuration file says the rest):')
    .addOption(option('--es-developer-name <name>', 'ES Developer Name of the deployment, in its exact case'))
    .addOption(
      option('--issuer <iss>', 'what OpenCX puts into "iss" of its tokens (default: of the keyset in the folder)'),
    )
    .addOption(option('--keys <folder>', 'folder of the keys (default: .opencx-sf/messaging-keys)'))
    .addOption(option('--create-deployment', 'make deployment, channel, flow and queue where the org has none'))
    .addOption(option('--queue-member <username>', 'member of a queue made here (repeatable)').argParser(collect))
    .addOption(allowChannelOption())
    .optionsGroup('How:')
    .addOption(option('--dry-run', 'show the plan; write nothing'))
    .addOption(option('--print', 'tell all steps for Setup, with links and values; needs no org, changes none'))
    .addOption(option('--republish', 'publish the deployment though nothing has changed'))
    .addOption(option('--remove-old-keys', 'take keys out of the org that the folder does not have any more'));
  addCommonOptions(addTargetOptions(addConsentOptions(command))).action(
    runs<MessagingRegisterFlags>(async () => (await import('./handler.ts')).messagingRegisterHandler),
  );
}
