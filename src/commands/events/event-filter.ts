import type { WebhookContract } from '../../blueprint/webhook-contract.ts';
import type { EventSelection } from '../../handoff/export/select-events.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { HandoffStore } from '../../handoff/store/handoff-store.ts';
import type { CommandContext } from '../command-context.ts';
import { parseDuration } from '../duration.ts';
import { readEventName } from '../serve/wish/event-name.ts';
import type { EventFilterFlags } from './flags.ts';

/**
 * What the filter flags select; empty: everything. A session may be named by the beginning of its id: see {@link wholeSession}.
 * @throws OpencxError USAGE
 */
export function eventFilter(
  { clock }: CommandContext,
  contract: WebhookContract,
  flags: EventFilterFlags,
): EventSelection {
  const { event, state, since, contains } = flags;
  return {
    ...(event === undefined ? {} : { name: readEventName(contract, event, '--event') }),
    ...(flags.case === undefined ? {} : { case: flags.case.trim() }),
    ...(flags.session === undefined ? {} : { session: sessionText(flags.session) }),
    ...(state === undefined ? {} : { state }),
    ...(since === undefined ? {} : { since: clock.now() - parseDuration(since, '--since') }),
    ...(contains === undefined ? {} : { contains }),
  };
}

/** Sessions that are looked at for one that is named by the beginning of its id. */
const mostSessions = 100;

/**
 * The same, with the whole id of a session that was named by its first characters, as the lines of `serve` show them.
 * @throws OpencxError USAGE if several begin so
 */
export async function wholeSession(store: HandoffStore, selection: EventSelection): Promise<EventSelection> {
  const { session: given } = selection;
  if (given === undefined || given.length === uuidLength) return selection;
  const found = (await store.sessions({ contains: given, limit: mostSessions })).filter(({ id }) =>
    id.startsWith(given),
  );
  if (found.length > 1) {
    throw new OpencxError('USAGE', {
      message: `--session ${given} is the beginning of several sessions.`,
      nextSteps: found.slice(0, 5).map(({ id }) => `--session ${id}`),
    });
  }
  return { ...selection, session: found[0]?.id ?? given };
}

const uuidLength = 36;

/** @throws OpencxError USAGE for what cannot be the beginning of an id */
function sessionText(text: string): string {
  const id = text.trim().toLowerCase();
  if (/^[0-9a-f-]{1,36}$/.test(id)) return id;
  throw new OpencxError('USAGE', {
    message: `--session takes the id of a session, or its first characters, not "${text}".`,
  });
}
