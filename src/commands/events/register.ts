import type { Command } from 'commander';

import { addCommonOptions, collect, option } from '../common-options.ts';
import { addStoreOptions } from '../serve/store-options.ts';
import { runs } from '../run-command.ts';
import { runsWith } from '../runs-with.ts';
import type {
  EventsExportFlags,
  EventsListFlags,
  EventsReplayFlags,
  EventsShowFlags,
  EventsTriggerFlags,
} from './flags.ts';

const replayNotes = `
Replays are new events in the store that say what they repeat. The serve that runs on the store delivers them; where none runs,
this command does, but for handoffs and messages: they wait for a serve that is connected to their org. One that arrives replaces
what was dead for the same target. The body keeps its delivery_id, so a receiver may take it for one it knows:
--set delivery_id=… gives another.

Examples:
  opencx-sf events replay 0193…                                 # to where it went
  opencx-sf events replay 0193… --to http://localhost:3000/new --set case_subject="Another subject"
  opencx-sf events replay --state dead --since 2h               # all that did not arrive, oldest first`;

const triggerNotes = `
Posts an example of an event to the serve that runs on the store, as Apex would post it: case_created, case_email_received,
case_email_agent_reply, case_owner_changed, case_email_bounced or case_closed, or a fixture that was saved in the inspector.

Examples:
  opencx-sf events trigger case_email_received --set text_body="Where is it?" --set is_first_message=false
  opencx-sf events trigger case_created --set contact_id:=null`;

export function registerEvents(program: Command): void {
  const events = program.command('events').description('What serve has recorded: looked at, replayed, exported');

  addCommonOptions(
    addStoreOptions(
      withFilter(events.command('list').description('List events, the newest first'))
        .addOption(option('--limit <number>', 'how many at most, up to 1000').default('50'))
        .addOption(option('--rejected', 'webhook calls that were refused, with the reasons, instead')),
    ),
  ).action(runs<EventsListFlags>(async () => (await import('./list.ts')).eventsListHandler));

  addCommonOptions(
    addStoreOptions(
      events
        .command('show')
        .description('Show an event: headers, body, and every attempt to deliver it with its response')
        .argument('<id>', 'id of the event')
        .addOption(option('--raw', 'the body alone, byte for byte as it came'))
        .addOption(option('--curl', 'a shell command that sends it again')),
    ),
  ).action(runsWith<EventsShowFlags>('id', async () => (await import('./show.ts')).eventsShowHandler));

  addCommonOptions(
    addStoreOptions(
      withFilter(
        events
          .command('replay')
          .description('Deliver events once more, edited or not')
          .argument('[ids...]', 'ids of events; without them, those that the filters below find')
          .addHelpText('after', replayNotes)
          .addOption(option('--to <url>', 'to this URL instead of where they went; repeatable').argParser(collect))
          .addOption(
            option('--set <path=value>', 'change the body; path:=json for JSON; repeatable').argParser(collect),
          )
          .addOption(
            option('-w, --wait <duration>', 'how long to wait for the outcome; 0s: not at all').default('60s'),
          ),
      ),
    ),
  ).action(runsWith<EventsReplayFlags>('ids', async () => (await import('./replay.ts')).eventsReplayHandler));

  addCommonOptions(
    addStoreOptions(
      withFilter(events.command('export').description('Write events as NDJSON or as an HTTP archive, secrets left out'))
        .addOption(option('--har', 'as an HTTP archive (HAR 1.2), which browsers and proxies open'))
        .addOption(option('--output <file>', 'write this file (default: stdout)')),
    ),
  ).action(runs<EventsExportFlags>(async () => (await import('./export.ts')).eventsExportHandler));

  addCommonOptions(
    addStoreOptions(
      events
        .command('trigger')
        .description('Post an example of an event to the serve that runs')
        .argument('<event>', 'name of the event')
        .addHelpText('after', triggerNotes)
        .addOption(option('--webhook-secret-file <file>', 'sign it, for a serve that was given this file, too'))
        .addOption(option('--set <path=value>', 'change the body; path:=json for JSON; repeatable').argParser(collect)),
    ),
  ).action(runsWith<EventsTriggerFlags>('fixture', async () => (await import('./trigger.ts')).eventsTriggerHandler));
}

function withFilter(command: Command): Command {
  return command
    .optionsGroup('Which events:')
    .addOption(option('--event <name>', 'of this name, e.g. case_created'))
    .addOption(option('--case <id-or-number>', 'webhooks of this Case'))
    .addOption(option('--session <id>', 'given or told for this session; its first characters do').conflicts('case'))
    .addOption(
      option('--state <state>', 'with a delivery in this state').choices([
        'pending',
        'delivering',
        'delivered',
        'dead',
        'replaced',
      ]),
    )
    .addOption(option('--since <duration>', 'received in this time, e.g. 30m, 2h, 1d'))
    .addOption(option('--contains <text>', 'with this text in the body, in any case'))
    .optionsGroup('Options:');
}
