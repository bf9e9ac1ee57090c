import { isMessagingRole } from '../../../blueprint/component-table.ts';
import { readMarker } from '../../../blueprint/marker.ts';
import { wasSwitchedOff } from '../../plan/hand-made.ts';
import type { SetupFacts } from '../facts/setup-facts.ts';
import type { SetupJournal } from '../journal/setup-journal.ts';
import type { Change } from '../plan/change.ts';
import type { SetupWish } from '../wish/setup-wish.ts';
import { messagingRemovals, type MessagingUse } from './messaging/messaging-removals.ts';
import { accessRemovals, recordRemovals } from './record-removals.ts';
import type { DestroyPlan, Kept } from './destroy-plan.ts';
import type { FieldUse } from './field-use.ts';
import type { Original } from './originals.ts';

export interface DestroyWishes {
  /** Only set the triggers Inactive. */
  disable: boolean;
  /** Things to be removed though nothing shows that they are ours, by name. */
  remove: readonly string[];
}

/** What `destroy` looks at: the org, what this folder knows, what stood there before. */
export interface DestroyFacts {
  facts: SetupFacts;
  journal: SetupJournal;
  originals: readonly Original[];
  /** Whether Cases hold values in a field of theirs, by its full name, e.g. `Case.Case_From__c`. */
  caseFieldUse: ReadonlyMap<string, FieldUse>;
  /** What was handed over by Live Messaging; undefined where that is not set up. */
  messagingUse: MessagingUse | undefined;
}

/**
 * Undoes a set-up in reverse order. Takes away what carries our marker or stands in the journal, and nothing else unless it
 * is named; puts back what was there before; says what stays. Pure.
 */
export function planDestroy(known: DestroyFacts, wish: SetupWish, wishes: DestroyWishes): DestroyPlan {
  const { facts } = known;
  const { id, name, kind, edition, instanceUrl } = facts.identity;
  const organization = { id, name, kind, edition, instanceUrl };
  const disabling = disable(facts, wish);
  if (wishes.disable) return { organization, changes: disabling, kept: [] };
  const components = componentRemovals(known, wish, wishes);
  const records = recordRemovals(known);
  const messaging = messagingRemovals(known, wish, wishes);
  return {
    organization,
    changes: [
      ...(facts.lentAccess ? [{ kind: 'restore-lent-access' } as const] : []),
      ...disabling,
      ...accessRemovals(known, wish, new Set([...components.removed, ...messaging.removed])),
      ...messaging.changes,
      ...components.changes,
      ...records.changes.filter((change) => !isAboutGone(change, facts, messaging.removed)),
    ],
    kept: [...messaging.kept, ...components.kept, ...records.kept, ...permanent(known)],
  };
}

/** A channel that goes as a whole, or has gone already, has no field to be put back. */
function isAboutGone(change: Change, { messaging }: SetupFacts, removed: ReadonlySet<string>): boolean {
  if (change.kind !== 'update-record' || change.sobject !== 'MessagingChannel') return false;
  const hasGone = messaging?.channelIs === 'missing' && messaging.channel === change.name;
  return hasGone || removed.has(`MessagingChannel ${change.name}`);
}

function disable({ components }: SetupFacts, wish: SetupWish): Change[] {
  const ours = new Set(wish.parts.apex.components.map((one) => one.fullName));
  const triggers = components.apex
    .filter((one) => one.type === 'ApexTrigger' && one.status === 'Active' && ours.has(one.name))
    .filter((one) => readMarker(one.body) !== undefined)
    .map(({ name }) => name);
  if (triggers.length === 0) return [];
  return [{ kind: 'disable-triggers', triggers, testClass: wish.settings.names.testClass }];
}

interface Removals {
  changes: Change[];
  kept: Kept[];
  /** `type fullName` of what goes. */
  removed: ReadonlySet<string>;
}

function componentRemovals(
  { facts, originals, caseFieldUse }: DestroyFacts,
  wish: SetupWish,
  wishes: DestroyWishes,
): Removals {
  const kept: Kept[] = [];
  const components: { type: string; fullName: string }[] = [];
  const named = new Set(wishes.remove.map((one) => one.toLowerCase()));
  const replaced = originals.filter((one) => isOurs(textInOrg(facts, one.type, one.fullName)));
  const restored = replaced.filter(({ values }) => values === undefined || facts.soap).map(labelOf);
  const inPlace = new Set(replaced.map(labelOf));
  // In reverse: what refers to others goes before them.
  const own = wish.whole.components.filter(({ role }) => !isMessagingRole(role));
  for (const { type, fullName } of own.toReversed()) {
    const label = labelOf({ type, fullName });
    const text = textInOrg(facts, type, fullName);
    if (text === undefined || inPlace.has(label)) continue;
    const isNamed = named.has(fullName.toLowerCase());
    const use = caseFieldUse.get(fullName) ?? 'unused';
    if (use !== 'unused' && !isNamed) {
      const why =
        use === 'in use' ? 'Cases hold values in it' : 'this session cannot see whether Cases hold values in it';
      kept.push({ what: label, why: `${why}; --remove ${fullName} deletes it with them` });
    } else if (readMarker(text) === undefined && !isNamed && !partOfOurApp(facts, type)) {
      kept.push({ what: label, why: `nothing shows that opencx-sf made it; --remove ${fullName} deletes it` });
    } else components.push({ type, fullName });
  }
  for (const label of inPlace) {
    if (!restored.includes(label)) {
      kept.push({
        what: label,
        why: 'this token (JWT format) cannot put back what it replaced; a copy is in the snapshots',
      });
    }
  }
  const changes: Change[] =
    components.length + restored.length === 0 ? [] : [{ kind: 'remove-components', components, restored }];
  return { changes, kept, removed: new Set(components.map(labelOf)) };
}

function labelOf({ type, fullName }: { type: string; fullName: string }): string {
  return `${type} ${fullName}`;
}

/** What was put back already, or changed by somebody since, is not replaced by an old copy. */
function isOurs(text: string | undefined): boolean {
  return text !== undefined && (readMarker(text) !== undefined || wasSwitchedOff(text));
}

/** What the org holds under a name, as text to look for a marker in; undefined if it has none. */
function textInOrg({ components }: SetupFacts, type: string, fullName: string): string | undefined {
  const apex = components.apex.find((one) => one.type === type && one.name === fullName);
  if (apex !== undefined) return apex.body;
  const metadata = components.metadata.find((one) => one.type === type && one.fullName === fullName);
  return metadata === undefined ? undefined : JSON.stringify(metadata.values);
}

/** The parts of an app have no description of their own; they belong to the app that has one. */
function partOfOurApp({ components }: SetupFacts, type: string): boolean {
  if (!type.startsWith('ExtlClntApp')) return false;
  const app = components.metadata.find((one) => one.type === 'ExternalClientApplication');
  return app !== undefined && readMarker(JSON.stringify(app.values)) !== undefined;
}

/** What Salesforce lets nobody undo, and what is the customer's own. */
function permanent({ facts, journal }: DestroyFacts): Kept[] {
  const { emailToCase } = facts;
  const addresses = emailToCase.known
    ? emailToCase.value.routingAddresses.filter((one) => journal.addresses.includes(one.emailAddress))
    : [];
  return [
    { what: 'Cases and their mail', why: 'they are yours' },
    ...(emailToCase.known && emailToCase.value.enabled
      ? [{ what: 'Email-to-Case', why: 'Salesforce lets nobody switch it off again' }]
      : []),
    ...addresses.map(({ emailAddress }) => ({
      what: `routing address ${emailAddress}`,
      why: 'mail may still be forwarded to it; delete it in Setup → Email-to-Case once none is',
    })),
  ];
}
