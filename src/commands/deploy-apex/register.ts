import type { Command } from 'commander';

import { addCommonOptions, collect, option } from '../common-options.ts';
import { addConsentOptions } from '../consent.ts';
import { runs } from '../run-command.ts';
import { addTargetOptions } from '../target/target-options.ts';
import type { DeployApexFlags } from './flags.ts';

const examples = `
Examples:
  opencx-sf deploy-apex --target-org local --reply-to support@example.com \\
    --integration-user integration@example.com --webhook-url http://127.0.0.1:9/hook
  opencx-sf deploy-apex --target-org my-sandbox --dry-run
  opencx-sf deploy-apex --target-org prod --validate
  opencx-sf deploy-apex --target-org prod --quick 0Af… --yes --confirm-org 00D…`;

export function registerDeployApex(program: Command): void {
  const command = program
    .command('deploy-apex')
    .description('Render the OpenCX Apex and its metadata, deploy what differs, read it back')
    .addHelpText('after', examples)
    .optionsGroup('What is deployed:')
    .addOption(option('--reply-to <address>', 'address customers reply to (an Email-to-Case routing address)'))
    .addOption(option('--integration-user <username>', 'Username of the OpenCX integration user'))
    .addOption(option('--webhook-url <url>', 'webhook URL that OpenCX shows'))
    .addOption(option('--org-wide-email <address>', 'send as this organization-wide address'))
    .addOption(option('--only <type-or-name>', 'only components of this type or name (repeatable)').argParser(collect))
    .addOption(option('--force', 'deploy also what is unchanged'))
    .optionsGroup('How:')
    .addOption(
      option('--dry-run', 'show the plan; read only').conflicts(['validate', 'quick', 'async', 'resume', 'cancel']),
    )
    .addOption(
      option('--validate', 'let the org check everything and run the tests; keep nothing').conflicts([
        'quick',
        'resume',
        'cancel',
      ]),
    )
    .addOption(option('--quick <validation-id>', 'deploy what --validate has tested').conflicts(['resume', 'cancel']))
    .addOption(
      option('--resume [deploy-id]', 'watch a running deployment (default: the latest of this folder)').conflicts(
        'cancel',
      ),
    )
    .addOption(option('--cancel <deploy-id>', 'cancel a running deployment'))
    .addOption(option('--async', 'do not wait for the end'))
    .addOption(option('-w, --wait <minutes>', 'minutes to wait (default: 33)'))
    .addOption(
      option('--test-level <level>', 'tests to run (default: our own test class)').choices([
        'NoTestRun',
        'RunSpecifiedTests',
        'RunLocalTests',
        'RunAllTestsInOrg',
      ]),
    )
    .addOption(option('--no-tests', 'run no tests (refused in production)').conflicts('testLevel'))
    .addOption(
      option('--transport <api>', 'metadata, or tooling for quick work in sandboxes').choices(['metadata', 'tooling']),
    )
    .addOption(option('--junit <file>', 'write test results as JUnit XML'));
  addConsentOptions(command)
    .addOption(
      option('--deactivate <trigger>', 'switch off this trigger that does the same work (repeatable)').argParser(
        collect,
      ),
    )
    .addOption(option('--keep <trigger>', 'leave this trigger as it is (repeatable)').argParser(collect));
  addCommonOptions(addTargetOptions(command)).action(
    runs<DeployApexFlags>(async () => (await import('./handler.ts')).deployApexHandler),
  );
}
