import { isMessagingRole } from '../../../../blueprint/component-table.ts';
import { publishingVersion } from '../../../messaging/api-versions.ts';
import { carriesMarker } from '../../../messaging/channel/channel-values.ts';
import type { Change } from '../../plan/change.ts';
import { componentValues } from '../../wish/own-messaging.ts';
import type { SetupWish } from '../../wish/setup-wish.ts';
import type { Kept } from '../destroy-plan.ts';
import type { FieldUse } from '../field-use.ts';
import type { DestroyFacts, DestroyWishes } from '../plan-destroy.ts';

/** What records of the org depend on. */
export interface MessagingUse {
  /** Whether messaging sessions hold an OpenCX session. */
  field: FieldUse;
  /** Whether messaging sessions belong to the queue. */
  queue: 'in use' | 'unused';
}

interface Component {
  type: string;
  fullName: string;
}

interface Removals {
  changes: Change[];
  kept: Kept[];
  /** `type fullName` of what goes. */
  removed: ReadonlySet<string>;
}

/**
 * The way back out of Live Messaging: channels of others as they were, then what was made here, what refers before what it
 * refers to. A flow is in the way of its field, and the channel in that of the flow.
 */
export function messagingRemovals(known: DestroyFacts, wish: SetupWish, wishes: DestroyWishes): Removals {
  const { facts, journal } = known;
  if (wish.messaging === undefined || facts.messaging === undefined) {
    return { changes: [], kept: [], removed: new Set() };
  }
  const { gone, kept } = ownComponents(known, wish, wishes);
  const only = (...types: string[]) => gone.filter(({ type }) => types.includes(type));
  const surface = only('EmbeddedServiceConfig', 'MessagingChannel');
  const rest = gone.filter((one) => !surface.includes(one) && one.type !== 'Flow');
  const restored = journal.before.flatMap((before): Change[] =>
    before.kind === 'channel' && !isAmong(gone, 'MessagingChannel', before.channel)
      ? [{ kind: 'restore-channel', channel: before.channel }]
      : [],
  );
  return {
    changes: [
      ...restored,
      ...(restored.length === 0 ? [] : publication(known, wish, gone)),
      ...only('MessagingChannel').flatMap((channel) => deactivation(known, channel)),
      ...removal(surface),
      ...only('Flow').map(({ fullName }): Change => ({ kind: 'delete-flow', flow: fullName })),
      ...removal(rest),
    ],
    kept,
    removed: new Set(gone.map(labelOf)),
  };
}

/** What was made here, in the order in which it goes; and what stays though it was. */
function ownComponents(
  { facts, journal, messagingUse }: DestroyFacts,
  wish: SetupWish,
  wishes: DestroyWishes,
): { gone: Component[]; kept: Kept[] } {
  const named = new Set(wishes.remove.map((one) => one.toLowerCase()));
  const made = new Set(journal.messaging?.made);
  const kept: Kept[] = [];
  const gone: Component[] = [];
  const queueStays = messagingUse?.queue !== 'unused' && !named.has((wish.messaging?.queue ?? '').toLowerCase());
  for (const { type, fullName, role } of wish.whole.components.toReversed()) {
    if (!isMessagingRole(role)) continue;
    const values = componentValues(facts, type, fullName);
    if (values === undefined || !(carriesMarker(values) || made.has(labelOf({ type, fullName })))) continue;
    if (role === 'session-id-field' && messagingUse?.field !== 'unused' && !named.has(fullName.toLowerCase())) {
      const why =
        messagingUse?.field === 'in use'
          ? 'messaging sessions hold values in it'
          : 'this session cannot see whether messaging sessions hold values in it';
      kept.push({ what: labelOf({ type, fullName }), why: `${why}; --remove ${fullName} deletes it with them` });
    } else if (queueStays && role === 'messaging-queue') {
      kept.push({ what: `queue ${fullName}`, why: 'messaging sessions belong to it' });
    } else if (!queueStays || role !== 'messaging-queue-routing') gone.push({ type, fullName });
  }
  const others = facts.messaging?.otherKeys.filter((key) => key.carriesMarker) ?? [];
  const keysetGoes = gone.some(({ type }) => type === 'PublicKeyCertificateSet');
  const oldKeys = keysetGoes ? others.map(({ name }) => ({ type: 'PublicKeyCertificate', fullName: name })) : [];
  return { gone: [...gone, ...oldKeys], kept };
}

/** A channel that lets messages in is not deleted. */
function deactivation({ facts }: DestroyFacts, { fullName }: Component): Change[] {
  if (facts.messaging?.channelIs !== 'active') return [];
  return [
    {
      kind: 'update-record',
      sobject: 'MessagingChannel',
      name: fullName,
      record: { sobject: 'MessagingChannel', where: { DeveloperName: fullName } },
      fields: { IsActive: false },
      before: { IsActive: true },
    },
  ];
}

/** A deployment of somebody else goes on with the channel as it was. */
function publication({ facts }: DestroyFacts, { messaging }: SetupWish, gone: readonly Component[]): Change[] {
  const name = messaging?.deployment ?? '';
  const { deployments } = facts.messaging ?? {};
  const stays =
    deployments?.known === true &&
    deployments.value.some(({ developerName }) => developerName === name) &&
    !isAmong(gone, 'EmbeddedServiceConfig', name);
  if (!stays || Number(facts.maxApiVersion) < publishingVersion) return [];
  return [{ kind: 'publish-deployment', deployment: name }];
}

function removal(components: readonly Component[]): Change[] {
  return components.length === 0 ? [] : [{ kind: 'remove-components', components: [...components], restored: [] }];
}

function isAmong(components: readonly Component[], type: string, fullName: string): boolean {
  return components.some((one) => one.type === type && one.fullName === fullName);
}

function labelOf({ type, fullName }: Component): string {
  return `${type} ${fullName}`;
}
