import type { Command } from 'commander';

import { addCommonOptions, collect, option } from '../../common-options.ts';
import { runs } from '../../run-command.ts';
import { addTargetOptions } from '../../target/target-options.ts';
import { addDeploymentOptions, addSigningOptions } from '../access/options.ts';
import type { MessagingTokenFlags } from './flags.ts';

/** Adds `messaging token`. */
export function registerMessagingToken(messaging: Command): void {
  const command = messaging
    .command('token')
    .description('Sign an identity token, exchange it as OpenCX does, and tell what came back')
    .optionsGroup('Whose token:')
    .addOption(option('--sub <subject>', '"sub": who the contact is').default('opencx-sf-test'))
    .addOption(
      option('--claims <claim>', 'a further claim as name=value, or a file with a JSON object; repeatable').argParser(
        collect,
      ),
    )
    .addOption(option('--anonymous', 'ask for an anonymous token, as channels without user verification give it'))
    .addOption(
      option('--reveal', 'print the access token, alone on stdout, and do not give it back').conflicts('json'),
    );
  addCommonOptions(addTargetOptions(addSigningOptions(addDeploymentOptions(command)))).action(
    runs<MessagingTokenFlags>(async () => (await import('./handler.ts')).messagingTokenHandler),
  );
}
