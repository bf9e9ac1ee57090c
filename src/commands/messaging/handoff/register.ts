import type { Command } from 'commander';

import { addCommonOptions, collect, option } from '../../common-options.ts';
import { runs } from '../../run-command.ts';
import { addTargetOptions } from '../../target/target-options.ts';
import { addDeploymentOptions, addSigningOptions } from '../access/options.ts';
import type { MessagingHandoffFlags } from './flags.ts';

const examples = `
Examples:
  opencx-sf messaging handoff --transcript session.json
  echo '[{"role":"contact","text":"Hello"}]' | opencx-sf messaging handoff --transcript - --no-wait`;

/** Adds `messaging handoff`. */
export function registerMessagingHandoff(messaging: Command): void {
  const command = messaging
    .command('handoff')
    .description('Hand a conversation off as OpenCX does, in seven steps, and show what representatives reply')
    .addHelpText('after', examples)
    .optionsGroup('What is handed off:')
    .addOption(option('--transcript <file>', 'session or list of messages as JSON; "-" is stdin').makeOptionMandatory())
    .addOption(option('--session <uuid>', 'OpenCX session; the same one has the same conversation at every run'))
    // Spelled out, since the list of channels lies in a domain folder that --help does not load.
    .addOption(option('--channel <channel>', 'where the contact writes').choices(['web', 'whatsapp', 'sms', 'phone']))
    .addOption(option('--attr <name=value>', 'a further routing attribute; repeatable').argParser(collect))
    .optionsGroup('Replies:')
    .addOption(option('-w, --wait <duration>', 'show replies for so long, e.g. 10m (default: until Ctrl-C)'))
    .addOption(option('--no-wait', 'end as soon as it is handed off'));
  addCommonOptions(addTargetOptions(addSigningOptions(addDeploymentOptions(command)))).action(
    runs<MessagingHandoffFlags>(async () => (await import('./handler.ts')).messagingHandoffHandler),
  );
}
