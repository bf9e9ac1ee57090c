import type { Command } from 'commander';

import { addCommonOptions } from '../common-options.ts';
import { runs } from '../run-command.ts';
import { addSetupOptions, type SetupFlags } from '../setup/setup-flags.ts';
import { addTargetOptions } from '../target/target-options.ts';

export function registerPlan(program: Command): void {
  const command = program
    .command('plan')
    .description('Show what the set-up would change in the org, and what is left for a person; read only');
  addCommonOptions(addTargetOptions(addSetupOptions(command))).action(
    runs<SetupFlags>(async () => (await import('./handler.ts')).planHandler),
  );
}
