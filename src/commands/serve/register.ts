import type { Command } from 'commander';

import { addCommonOptions, collect, option } from '../common-options.ts';
import { runs } from '../run-command.ts';
import type { ServeFlags } from './flags.ts';

const notes = `
Each webhook is in the store before it is answered, so that nothing is lost when this process, or the far side, goes away. It is
then forwarded byte for byte, the events of a Case one after another: three attempts, then it waits in the store as dead until
"events replay". While the far side is down (no connection, or 502, 503, 504), events wait and no attempt counts. Without
--forward-to and --forward, events are only recorded. At a terminal: r replays the last event, o opens the inspector in the
browser, f shows only lines with a text, q ends. Ctrl-C ends as well, with exit code 0.

Examples:
  opencx-sf serve --forward-to http://localhost:3000/webhooks
  opencx-sf serve --forward case_created=http://localhost:3000/created --forward-to http://localhost:3000/others
  opencx-sf webhook set - --target-org local < .opencx-sf/serve/webhook-url   # in another terminal: Salesforce calls serve
  opencx-sf events list --state dead`;

export function registerServe(program: Command): void {
  const command = program
    .command('serve')
    .description("Take Salesforce's webhooks on this machine: recorded, forwarded, seen as they come")
    .addHelpText('after', notes)
    .optionsGroup('Where events go:')
    .addOption(option('--forward-to <url>', 'every event that no --forward names'))
    .addOption(option('--forward <event=url>', 'events of one name; repeatable').argParser(collect))
    .addOption(
      option('--give-up-after <duration>', 'how long an event waits for a far side that is down').default('24h'),
    )
    .optionsGroup('Where webhooks come in:')
    .addOption(option('--port <port>', 'TCP port; 0 for a free one').default('4680'))
    .addOption(option('--host <host>', 'address to listen at (default: 127.0.0.1 and ::1)'))
    .addOption(
      option(
        '--token-file <file>',
        'file with the secret part of the URL (default: made once, .opencx-sf/serve/token)',
      ),
    )
    .optionsGroup('What is kept:')
    .addOption(option('--store <file>', 'where events are kept (default: .opencx-sf/serve/events.sqlite)'))
    .addOption(option('--max-age <duration>', 'delivered events are forgotten after').default('30d'))
    .addOption(option('--max-size <size>', 'the oldest delivered events are forgotten beyond').default('1gb'));
  addCommonOptions(command).action(runs<ServeFlags>(async () => (await import('./handler.ts')).serveHandler));
}
