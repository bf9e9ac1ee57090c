import type { Command } from 'commander';

import { addCommonOptions, collect, option } from '../../common-options.ts';
import { runs } from '../../run-command.ts';
import { addTargetOptions } from '../../target/target-options.ts';
import { addDeploymentOptions, addSigningOptions } from '../access/options.ts';
import type { MessagingChatFlags } from './flags.ts';

const howToSpeak = `
What is typed is sent line by line; /help lists what else there is (/file, /end, /close, /quit). Without a terminal, lines are
read from stdin; with --json each is one of {"text":…}, {"file":…}, {"typing":…}, {"end":true}, {"close":true}, {"quit":true}.`;

/** Adds `messaging chat`. */
export function registerMessagingChat(messaging: Command): void {
  const command = messaging
    .command('chat')
    .description('Speak with representatives as a contact does; Ctrl-C ends the session')
    .addHelpText('after', howToSpeak)
    .optionsGroup('Who speaks:')
    .addOption(option('--sub <subject>', '"sub" of the identity token: who the contact is').default('opencx-sf-test'))
    .addOption(option('--anonymous', 'as nobody in particular, where the channel has no user verification'))
    .addOption(option('--name <name>', 'name of the contact, as representatives see it where the channel takes it'))
    .addOption(option('--attr <name=value>', 'a further routing attribute; repeatable').argParser(collect))
    .optionsGroup('Without a terminal:')
    .addOption(option('-w, --wait <duration>', 'stay for so long after the end of stdin, e.g. 30s').default('0s'));
  addCommonOptions(addTargetOptions(addSigningOptions(addDeploymentOptions(command)))).action(
    runs<MessagingChatFlags>(async () => (await import('./handler.ts')).messagingChatHandler),
  );
}
