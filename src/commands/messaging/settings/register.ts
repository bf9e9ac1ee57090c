import type { Command } from 'commander';

import { addCommonOptions } from '../../common-options.ts';
import { runs } from '../../run-command.ts';
import { addTargetOptions } from '../../target/target-options.ts';
import type { MessagingFlags } from '../access/flags.ts';
import { addDeploymentOptions, addSigningOptions } from '../access/options.ts';

/** Adds `messaging settings`. */
export function registerMessagingSettings(messaging: Command): void {
  const command = messaging
    .command('settings')
    .description('Tell the six values of the MIAW tab of OpenCX, in its order, each checked; works without an org too');
  addCommonOptions(addTargetOptions(addSigningOptions(addDeploymentOptions(command)))).action(
    runs<MessagingFlags>(async () => (await import('./handler.ts')).messagingSettingsHandler),
  );
}
