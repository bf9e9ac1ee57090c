import type { Command } from 'commander';

import { addCommonOptions, collect, option } from '../common-options.ts';
import { addConsentOptions } from '../consent.ts';
import { runs } from '../run-command.ts';
import { addTargetOptions } from '../target/target-options.ts';
import type { UpgradeFlags } from './flags.ts';

const examples = `
Examples:
  opencx-sf upgrade --target-org my-sandbox
  opencx-sf upgrade --target-org my-sandbox --apply
  opencx-sf upgrade --target-org prod --apply --keep OpenCaseTrigger --yes --confirm-org 00D…`;

export function registerUpgrade(program: Command): void {
  const command = program
    .command('upgrade')
    .description('Show what newer templates change in the org; --apply carries edits made there over')
    .addHelpText('after', examples)
    .optionsGroup('What is rendered:')
    .addOption(option('--reply-to <address>', 'address customers reply to (an Email-to-Case routing address)'))
    .addOption(option('--integration-user <username>', 'Username of the OpenCX integration user'))
    .addOption(option('--webhook-url <url>', 'webhook URL that OpenCX shows (default: the one that the org has)'))
    .addOption(option('--org-wide-email <address>', 'send as this organization-wide address'))
    .optionsGroup('How:')
    .addOption(option('--apply', 'deploy the upgrade; without it nothing is changed'))
    .addOption(
      option('--take <side>', 'for all that nobody can merge: the new template, or what the org has').choices([
        'new',
        'org',
      ]),
    )
    .addOption(
      option('--take-new <name>', 'this component as the template has it, edits are lost (repeatable)').argParser(
        collect,
      ),
    )
    .addOption(
      option('--keep <name>', 'leave the text of this component as the org has it (repeatable)').argParser(collect),
    )
    .addOption(option('-w, --wait <minutes>', 'minutes to wait (default: 33)'))
    .addOption(
      option('--test-level <level>', 'tests to run (default: our own test class)').choices([
        'NoTestRun',
        'RunSpecifiedTests',
        'RunLocalTests',
        'RunAllTestsInOrg',
      ]),
    )
    .addOption(option('--no-tests', 'run no tests (refused in production)').conflicts('testLevel'));
  addCommonOptions(addTargetOptions(addConsentOptions(command))).action(
    runs<UpgradeFlags>(async () => (await import('./handler.ts')).upgradeHandler),
  );
}
