import type { Command } from 'commander';

import { addCommonOptions, option } from '../common-options.ts';
import { runs } from '../run-command.ts';
import { addSetupOptions, addWriteOptions } from '../setup/setup-flags.ts';
import { addTargetOptions } from '../target/target-options.ts';
import type { ApplyFlags } from './handler.ts';

const examples = `
Examples:
  opencx-sf plan --target-org prod --json > plan.json
  opencx-sf apply --target-org prod --plan plan.json --yes --confirm-org 00D…`;

export function registerApply(program: Command): void {
  const command = program
    .command('apply')
    .description('Bring the org to what the configuration says, step by step; run again, it goes on where it stopped')
    .addHelpText('after', examples);
  addSetupOptions(command).addOption(
    option('--plan <file>', 'carry out this plan (of plan --json) and no other: refused if the org has changed since'),
  );
  addCommonOptions(addTargetOptions(addWriteOptions(command))).action(
    runs<ApplyFlags>(async () => (await import('./handler.ts')).applyHandler),
  );
}
