import type { Change } from '../../plan/change.ts';
import type { MessagingJournal } from '../../journal/setup-journal.ts';
import type { ChangeContext } from '../change-context.ts';

/** Types without a description that could carry a marker. */
const unmarked = new Set(['EmbeddedServiceConfig', 'QueueRoutingConfig']);

/** Leaves word of a change of Live Messaging before it is made, for the next run and for `destroy`; others are passed by. */
export async function noteMessaging(context: ChangeContext, change: Change): Promise<void> {
  if (!isAboutMessaging(change)) return;
  const { journal, keepJournal } = context;
  const noted = journal.messaging;
  const made = change.kind === 'deploy' ? madeBy(change) : [];
  const next: MessagingJournal = {
    names: namesOf(context),
    made: [...new Set([...(noted?.made ?? []), ...made])],
    publishPending: noted?.publishPending === true || wantsPublishing(change),
  };
  if (JSON.stringify(next) === JSON.stringify(noted)) return;
  journal.messaging = next;
  await keepJournal();
}

function isAboutMessaging(change: Change): boolean {
  if (change.kind === 'deploy') return change.part.startsWith('messaging-');
  return change.kind === 'extend-channel' || isActivation(change);
}

function isActivation(change: Change): boolean {
  return change.kind === 'update-record' && change.sobject === 'MessagingChannel' && change.fields['IsActive'] === true;
}

function wantsPublishing(change: Change): boolean {
  if (change.kind === 'deploy') return change.part === 'messaging-channel' || change.part === 'messaging-deployment';
  return change.kind === 'extend-channel' || isActivation(change);
}

function madeBy({ components }: Extract<Change, { kind: 'deploy' }>): string[] {
  return components
    .filter(({ type, action }) => action === 'create' && unmarked.has(type))
    .map(({ type, fullName }) => `${type} ${fullName}`);
}

function namesOf({ wish }: ChangeContext): MessagingJournal['names'] {
  const { messaging } = wish;
  if (messaging === undefined) throw new Error('a change of Live Messaging was planned though it is not wanted');
  const { deployment, channel, keyset, flow, queue, sessionIdField } = messaging;
  return { deployment, channel, keyset, flow, queue, sessionIdField };
}
