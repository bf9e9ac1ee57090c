import type { Command } from 'commander';

import { addCommonOptions, option } from '../common-options.ts';
import { runs } from '../run-command.ts';
import type { OrgStartFlags, OrgFlags } from './flags.ts';
import { registerOrgMail } from './mail/register.ts';

const dataDir = () => option('--data-dir <folder>', 'where its data is (default: .opencx-sf/local-org)');

export function registerOrg(program: Command): void {
  const org = program.command('org').description('The local org: a Salesforce org in a process, on this machine alone');

  addCommonOptions(
    org
      .command('start')
      .description('Run the local org until Ctrl-C; other commands with --target-org local then use it')
      .addOption(option('--port <port>', 'port on 127.0.0.1 (default: a free one)'))
      .addOption(option('--scrt-port <port>', 'port of Live Messaging on 127.0.0.1 (default: a free one)'))
      .addOption(option('--kind <kind>', 'what kind of org it is').choices(['developer', 'sandbox', 'production']))
      .addOption(dataDir()),
  ).action(runs<OrgStartFlags>(async () => (await import('./start.ts')).orgStartHandler));

  addCommonOptions(
    org.command('status').description('Tell whether the local org runs, and what it holds').addOption(dataDir()),
  ).action(runs<OrgFlags>(async () => (await import('./status.ts')).orgStatusHandler));

  addCommonOptions(
    org
      .command('reset')
      .description('Throw the data of the local org away')
      .addOption(dataDir())
      .addOption(option('-y, --yes', 'do not ask')),
  ).action(runs<OrgFlags>(async () => (await import('./reset.ts')).orgResetHandler));

  registerOrgMail(org);
}
