import type { Command } from 'commander';

import { addCommonOptions, collect, option } from '../common-options.ts';
import { addConsentOptions } from '../consent.ts';
import { runs } from '../run-command.ts';
import { addTargetOptions } from '../target/target-options.ts';
import type { DestroyFlags } from './flags.ts';

const examples = `
Examples:
  opencx-sf destroy --target-org my-sandbox --dry-run
  opencx-sf destroy --target-org prod --disable --yes --confirm-org 00D…`;

export function registerDestroy(program: Command): void {
  const command = program
    .command('destroy')
    .description('Take the integration out of the org again: what it made goes, what it replaced comes back')
    .addHelpText('after', examples)
    .optionsGroup('How:')
    .addOption(option('--dry-run', 'show what would go and what would stay; write nothing'))
    .addOption(option('--disable', 'only switch the triggers off; opencx-sf apply switches them on again'))
    .addOption(
      option('--remove <name>', 'remove this too, though nothing shows that opencx-sf made it (repeatable)').argParser(
        collect,
      ),
    );
  addCommonOptions(addTargetOptions(addConsentOptions(command))).action(
    runs<DestroyFlags>(async () => (await import('./handler.ts')).destroyHandler),
  );
}
