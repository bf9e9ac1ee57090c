import { Option, type Command } from 'commander';

import { addCommonOptions, option } from '../../common-options.ts';
import { addConsentOptions } from '../../consent.ts';
import { runs } from '../../run-command.ts';
import { addTargetOptions } from '../../target/target-options.ts';
import type { VerifyHandoffFlags } from './flags.ts';

/** Adds `verify handoff`. */
export function registerHandoff(verify: Command): void {
  const command = verify
    .command('handoff')
    .description(
      'Make a test handoff in the org, follow it through mail, webhook and owner change, and delete it again',
    )
    .optionsGroup('What is tried:')
    .addOption(option('--channel <channel>', 'email; Live Messaging is not there yet').default('email'))
    .addOption(option('--to <address>', 'where the test mail goes (default: your own address in Salesforce)'))
    .addOption(
      option(
        '-w, --wait <duration>',
        'wait so long for you to answer the mail, e.g. 10m; the local org answers itself',
      ),
    )
    // Without a variable: OPENCX_SF_KEEP holds names of triggers, and would leave test Cases behind.
    .addOption(new Option('--keep', 'leave Case, comments and mails in the org'))
    .addOption(option('--integration-user <username>', 'Username of the OpenCX integration user'));
  addCommonOptions(addTargetOptions(addConsentOptions(command))).action(
    runs<VerifyHandoffFlags>(async () => (await import('./handler.ts')).verifyHandoffHandler),
  );
}
