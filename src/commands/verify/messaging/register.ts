import type { Command } from 'commander';

import { addCommonOptions, option } from '../../common-options.ts';
import { addConsentOptions } from '../../consent.ts';
import { addDeploymentOptions, addSigningOptions } from '../../messaging/access/options.ts';
import { runs } from '../../run-command.ts';
import { addTargetOptions } from '../../target/target-options.ts';
import type { VerifyMessagingFlags } from './flags.ts';

/** Adds `verify messaging`. */
export function registerVerifyMessaging(verify: Command): void {
  const command = verify
    .command('messaging')
    .description('Prove Live Messaging rung by rung with a test conversation, and end it again')
    .addHelpText('after', '\nThe checks of this group alone, which change nothing: opencx-sf verify --only messaging')
    .optionsGroup('What is tried:')
    .addOption(option('--sub <subject>', '"sub" of the test contact (default: one of its own)'))
    .addOption(
      option(
        '-w, --wait <duration>',
        'wait so long for a rep to join and write, e.g. 10m; the local org answers itself',
      ),
    );
  addCommonOptions(addTargetOptions(addConsentOptions(addSigningOptions(addDeploymentOptions(command))))).action(
    runs<VerifyMessagingFlags>(async () => (await import('./handler.ts')).verifyMessagingHandler),
  );
}
