import type { Command } from 'commander';

import { addCommonOptions, option } from '../common-options.ts';
import { runs } from '../run-command.ts';
import { addSetupOptions, addWriteOptions } from '../setup/setup-flags.ts';
import { addTargetOptions } from '../target/target-options.ts';
import type { InitFlags } from './flags.ts';

const examples = `
Examples:
  opencx-sf init                                   asks, shows the plan, sets up, says what is left
  opencx-sf init --target-org local --yes          the whole of it on the local org, without a question
  opencx-sf init --yes --config opencx-sf.config.json --target-org my-sandbox`;

export function registerInit(program: Command): void {
  const command = program
    .command('init')
    .description('Set up the Salesforce side by answering a few questions, or none')
    .addHelpText('after', examples);
  addWriteOptions(addSetupOptions(command)).addOption(
    option('--fresh', 'forget the answers of a wizard that was left'),
  );
  addCommonOptions(addTargetOptions(command)).action(
    runs<InitFlags>(async () => (await import('./handler.ts')).initHandler),
  );
}
