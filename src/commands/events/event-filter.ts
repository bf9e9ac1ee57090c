import type { WebhookContract } from '../../blueprint/webhook-contract.ts';
import type { EventSelection } from '../../handoff/export/select-events.ts';
import type { CommandContext } from '../command-context.ts';
import { parseDuration } from '../duration.ts';
import { readEventName } from '../serve/event-name.ts';
import type { EventFilterFlags } from './flags.ts';

/** What the filter flags select; empty: everything. @throws OpencxError USAGE */
export function eventFilter(
  { clock }: CommandContext,
  contract: WebhookContract,
  flags: EventFilterFlags,
): EventSelection {
  const { event, state, since, contains } = flags;
  return {
    ...(event === undefined ? {} : { name: readEventName(contract, event, '--event') }),
    ...(flags.case === undefined ? {} : { case: flags.case.trim() }),
    ...(state === undefined ? {} : { state }),
    ...(since === undefined ? {} : { since: clock.now() - parseDuration(since, '--since') }),
    ...(contains === undefined ? {} : { contains }),
  };
}
