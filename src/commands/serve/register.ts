import type { Command } from 'commander';

import { addCommonOptions, collect, option } from '../common-options.ts';
import { addConsentOptions } from '../consent.ts';
import { addPassphraseOptions } from '../messaging/keys/passphrase-options.ts';
import { runs } from '../run-command.ts';
import { addTargetOptions } from '../target/target-options.ts';
import type { ServeFlags } from './flags.ts';
import { addStoreOptions } from './store-options.ts';

const notes = `
Salesforce's webhooks come in, are in the store before they are answered, and are then worked into sessions and forwarded byte for
byte: those of a Case one after another, three attempts, then they wait as dead until "events replay". While a far side is down
they wait, and no attempt counts. With an org, sessions are handed off by POST /v1/handoffs: email to Cases, all else to Live
Messaging; what happens to them goes to --callback-url and to GET /v1/events.

With --target-org local the Named Credential of that org points here while serve runs; of another org only with --public-url. It is
set back at the end, also after a crash: by the next run, or by --restore. At a terminal: r replays the last event, o opens the
inspector, f shows only lines with a text, q ends. Ctrl-C ends as well, with exit code 0.

Examples:
  opencx-sf serve --forward-to http://localhost:3000/webhooks
  opencx-sf serve --target-org local --callback-url http://localhost:3000/opencx    # a whole world on one machine
  opencx-sf serve --target-org my-sandbox --public-url https://your-name.ngrok.app
  opencx-sf serve --forward case_created=http://localhost:3000/created --forward-to http://localhost:3000/others
  opencx-sf events list --state dead`;

export function registerServe(program: Command): void {
  const command = program
    .command('serve')
    .description("Stand where OpenCX's backend stands: take Salesforce's webhooks, hand sessions off, see all of it")
    .addHelpText('after', notes)
    .optionsGroup('Where events go:')
    .addOption(option('--forward-to <url>', 'every webhook that no --forward names'))
    .addOption(option('--forward <event=url>', 'webhooks of one name; repeatable').argParser(collect))
    .addOption(option('--callback-url <url>', 'what happens to sessions: replies, AI paused, resolved, …'))
    .addOption(
      option('--give-up-after <duration>', 'how long an event waits for a far side that is down').default('24h'),
    )
    .addOption(option('--no-sessions', 'only forward webhooks; work them into no session'))
    .addOption(option('--record', 'only keep events; carry none'))
    .optionsGroup('Where webhooks and handoffs come in:')
    .addOption(option('--port <port>', 'TCP port; 0 for a free one').default('4680'))
    .addOption(option('--host <host>', 'address to listen at (default: 127.0.0.1 and ::1)'))
    .addOption(
      option(
        '--token-file <file>',
        'file with the secret part of the URL (default: made once, .opencx-sf/serve/token)',
      ),
    )
    .addOption(
      option('--api-token-file <file>', 'file with the token of /v1 (default: made once, .opencx-sf/serve/api-token)'),
    )
    .addOption(option('--tls-cert <file>', 'certificate (PEM), with --tls-key: https without a proxy before it'))
    .addOption(option('--tls-key <file>', 'its private key (PEM)'))
    .addOption(option('--webhook-secret-file <file>', 'only webhooks that are signed with it (webhook secret)'))
    .addOption(option('--allow-ip <cidr>', 'only webhooks from these addresses; repeatable').argParser(collect))
    .addOption(
      option('--trust-proxy <cidr>', 'proxies whose X-Forwarded-For is believed; repeatable').argParser(collect),
    )
    .optionsGroup('Salesforce and OpenCX:')
    .addOption(option('--public-url <url>', 'address of a tunnel to here; the Named Credential is set to it'))
    .addOption(option('--read-only', 'change nothing in Salesforce: no handoffs, no Named Credential'))
    .addOption(option('--restore', 'only set back a Named Credential that a killed serve has left'))
    .addOption(
      option('--opencx-api-key-file <file>', "file with an API key of OpenCX, to show a session's own history"),
    )
    .addOption(option('--opencx-url <url>', 'its API (default: https://api.open.cx)'));
  addStoreOptions(command)
    .addOption(option('--max-age <duration>', 'delivered events are forgotten after').default('30d'))
    .addOption(option('--max-size <size>', 'the oldest delivered events are forgotten beyond').default('1gb'));
  addPassphraseOptions(addConsentOptions(addTargetOptions(command)));
  addCommonOptions(command).action(runs<ServeFlags>(async () => (await import('./handler.ts')).serveHandler));
}
