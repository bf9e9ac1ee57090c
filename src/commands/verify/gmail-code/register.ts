import type { Command } from 'commander';

import { addCommonOptions, option } from '../../common-options.ts';
import { runs } from '../../run-command.ts';
import { addTargetOptions } from '../../target/target-options.ts';
import { providerChoices, type GmailCodeFlags } from './flags.ts';

const examples = `
Examples:
  opencx-sf verify gmail-code --wait 10m      (then choose "Re-send email" in Gmail)
  opencx-sf verify gmail-code --json | jq -r .result.link`;

export function registerGmailCode(verify: Command): void {
  const command = verify
    .command('gmail-code')
    .description('Print the code, or link, by which Gmail lets mail be forwarded to Salesforce; it came as a Case')
    .addHelpText('after', examples)
    .optionsGroup('Which mail:')
    .addOption(option('-w, --wait <duration>', 'wait for a new one so long: 10m, 90s, 1h, or a number of minutes'))
    .addOption(option('--provider <name>', 'whose confirmation mail it is').choices(providerChoices).default('gmail'))
    .addOption(option('--copy', 'put it onto the clipboard, too'));
  addCommonOptions(addTargetOptions(command)).action(
    runs<GmailCodeFlags>(async () => (await import('./handler.ts')).gmailCodeHandler),
  );
}
