import type { ChannelWish } from '../../messaging/channel/merge-channel.ts';

/** A value as the data API takes it. */
export type FieldValue = string | number | boolean | null;

/** A record by what it is known by, e.g. a queue by its DeveloperName; its id is looked up when it is needed. */
export interface RecordRef {
  sobject: string;
  /** Field (or path, `Profile.Name`) to value; together they find exactly one. */
  where: Record<string, FieldValue | RecordRef>;
}

export type FieldValues = Record<string, FieldValue | RecordRef>;

/** One component of a deployment, as a plan tells it. */
export interface PlannedComponent {
  type: string;
  fullName: string;
  action: 'create' | 'update' | 'adopt';
  /** e.g. `body`, `status`, `endpoint`. */
  differences: string[];
}

/** The parts a blueprint is deployed in, each by a step of its own. */
export const blueprintParts = [
  'fields',
  'app',
  'app-policies',
  'webhook',
  'apex',
  'messaging-keys',
  'messaging-routing',
  'messaging-channel',
  'messaging-deployment',
] as const;
export type BlueprintPart = (typeof blueprintParts)[number];

/** A routing address of Email-to-Case by the names of the Metadata API (`EmailToCaseRoutingAddress`). */
export interface RoutingAddress {
  addressType: 'EmailToCase';
  routingName: string;
  emailAddress: string;
  saveEmailHeaders: boolean;
  createTask: boolean;
  casePriority: string;
  caseOrigin: string;
  caseOwner?: string;
  caseOwnerType?: 'User' | 'Queue';
}

/** Settings types that are changed, as SOAP and the Tooling API name them. */
export type SettingsType = 'CaseSettings' | 'EmailAuthorizationSettings';

/**
 * One write into the org, as data: a plan is made of them, `apply` carries them out, and each can be repeated without harm.
 * `name` is what people call the thing.
 */
export type Change =
  /** A record that must be there; one that has the key already is left as it is. */
  | { kind: 'create-record'; sobject: string; name: string; key: FieldValues; fields: FieldValues }
  | {
      kind: 'update-record';
      sobject: string;
      name: string;
      record: RecordRef;
      fields: FieldValues;
      before: FieldValues;
    }
  | { kind: 'delete-record'; sobject: string; name: string; record: RecordRef }
  | { kind: 'deploy'; part: BlueprintPart; components: PlannedComponent[] }
  /** Settings by Metadata API; `before` is what the changed elements were. */
  | {
      kind: 'settings';
      type: SettingsType;
      name: string;
      values: Record<string, unknown>;
      before: Record<string, unknown>;
      /** The change cannot be undone. */
      permanent?: true;
    }
  /** Only ever extends the list: what is there is read first and written behind the new ones. */
  | { kind: 'add-routing-addresses'; addresses: RoutingAddress[] }
  | { kind: 'clone-profile'; from: string; to: string }
  | { kind: 'read-credentials'; app: string }
  /** Takes back what an interrupted reading of credentials has left switched on. */
  | { kind: 'restore-lent-access' }
  /** Sets triggers Inactive; `apply` sets them Active again. */
  | { kind: 'disable-triggers'; triggers: string[]; testClass: string }
  /** One destructive deployment; what was there before the product came is put back in its place. */
  | { kind: 'remove-components'; components: { type: string; fullName: string }[]; restored: string[] }
  /** Adds to a messaging channel what it lacks; all else of it stays. The channel is read at that very moment. */
  | { kind: 'extend-channel'; channel: string; wish: ChannelWish; differences: string[] }
  /** Takes out of a messaging channel what was added, as the journal knows it. */
  | { kind: 'restore-channel'; channel: string }
  | { kind: 'publish-deployment'; deployment: string }
  /** Flows are deleted version by version, once none is active. */
  | { kind: 'delete-flow'; flow: string };

/** What people call the objects, and what is done to them; others by their API name. */
const objectWords: Readonly<Record<string, { noun: string; create?: string; delete?: string }>> = {
  Group: { noun: 'queue' },
  MessagingChannel: { noun: 'messaging channel' },
  GroupMember: { noun: 'queue member', create: 'add', delete: 'remove' },
  OrgWideEmailAddress: { noun: 'organization-wide address' },
  PermissionSetAssignment: { noun: 'assignment', create: 'assign', delete: 'take back' },
  QueueSobject: { noun: 'queue object', create: 'open', delete: 'close' },
  User: { noun: 'user' },
};

function words(sobject: string): { noun: string; create: string; delete: string } {
  const known = objectWords[sobject];
  const noun = known?.noun ?? sobject;
  return { noun, create: known?.create ?? `create ${noun}`, delete: known?.delete ?? `delete ${noun}` };
}

function describeFields(fields: FieldValues): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? '' : String(value)}`.trim())
    .join(', ');
}

/** What a change does, in a few words: `create queue Tier 1 Support`. */
export function describeChange(change: Change): string {
  switch (change.kind) {
    case 'create-record':
      return `${words(change.sobject).create} ${change.name}`;
    case 'update-record':
      return `change ${words(change.sobject).noun} ${change.name}: ${describeFields(change.fields)}`;
    case 'delete-record':
      return `${words(change.sobject).delete} ${change.name}`;
    case 'deploy':
      return `deploy ${change.components.map(describeComponent).join(', ')}`;
    case 'settings':
      return `${change.permanent === true ? 'permanently ' : ''}change ${change.type}: ${change.name}`;
    case 'add-routing-addresses':
      return `add routing address ${change.addresses.map((one) => one.emailAddress).join(', ')}`;
    case 'clone-profile':
      return `clone profile ${change.from} as ${change.to}`;
    case 'read-credentials':
      return `read consumer key and secret of ${change.app}`;
    case 'restore-lent-access':
      return 'take back what an interrupted run has left switched on';
    case 'disable-triggers':
      return `switch off ${change.triggers.join(', ')}`;
    case 'remove-components':
      return [
        listed(
          'delete',
          change.components.map((one) => `${one.type} ${one.fullName}`),
        ),
        listed('put back', change.restored),
      ]
        .filter((part) => part !== '')
        .join('; ');
    case 'extend-channel':
      return `change messaging channel ${change.channel}: ${change.differences.join(', ')}`;
    case 'restore-channel':
      return `put messaging channel ${change.channel} back as it was`;
    case 'publish-deployment':
      return `publish deployment ${change.deployment}`;
    case 'delete-flow':
      return `switch off and delete flow ${change.flow}`;
  }
}

function listed(verb: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${verb} ${names.join(', ')}`;
}

function describeComponent({ type, fullName, differences }: PlannedComponent): string {
  return differences.length === 0 ? `${type} ${fullName}` : `${type} ${fullName} (${differences.join(', ')})`;
}
