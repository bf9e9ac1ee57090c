import type { Command } from 'commander';

import { addCommonOptions, option } from '../common-options.ts';
import { runs } from '../run-command.ts';
import type { GenerateFlags } from './flags.ts';

export function registerGenerate(program: Command): void {
  const command = program
    .command('generate')
    .description('Write the Apex and metadata as a project, for teams that deploy it themselves; needs no org')
    .addHelpText('after', '\nExample:\n  opencx-sf generate --output-dir ./opencx --format source')
    .addOption(option('-d, --output-dir <folder>', 'folder to write'))
    .addOption(
      option('--format <format>', 'source (sfdx project) or mdapi (package)')
        .choices(['source', 'mdapi'])
        .default('source'),
    )
    .addOption(option('--check', 'write nothing; fail if the folder differs from what would be written'))
    .addOption(option('--force', 'replace files that opencx-sf did not write'))
    .addOption(option('--reply-to <address>', 'address customers reply to'))
    .addOption(option('--integration-user <username>', 'Username of the OpenCX integration user'))
    .addOption(option('--webhook-url <url>', 'webhook URL that OpenCX shows'))
    .addOption(option('--org-wide-email <address>', 'send as this organization-wide address'));
  addCommonOptions(command).action(runs<GenerateFlags>(async () => (await import('./handler.ts')).generateHandler));
}
