import type { OrgState } from '../../state/org-state.ts';

const KIND = 'messaging-switches';
const KEY = 'switches';

/** What is not known of Salesforce, or is a setting that no public API writes; and what tests make happen. */
export interface MessagingSwitches {
  /** What an identity token that is not good gets: 401, or what is reported too, a token for an anonymous subject. */
  readonly invalidIdentity: 'refuse' | 'anonymous';
  /** Whether a session begins with its conversation, or with the first message that asks for one. */
  readonly sessionStart: 'create' | 'message';
  /** What a message gets whose id the conversation has already. */
  readonly duplicateMessageIds: 'same-entry' | 'new-entry';
  /** Whether `X-Org-Id` may have 18 characters. */
  readonly acceptLongOrgId: boolean;
  /** Whether a stream begins with what came after `Last-Event-Id`. */
  readonly replay: 'on' | 'off';
  readonly rateLimits: boolean;
  /** Whether a 429 says when to come again. */
  readonly retryAfter: boolean;
  /** Seconds between two pings of a stream. */
  readonly pingSeconds: number;
  /** Minutes without a word of the customer until the session is Inactive; null for what the channel says. */
  readonly inactivityMinutes: number | null;
  /** Minutes until an Inactive session ends; null for never. */
  readonly autoEndMinutes: number | null;
  /** Whether work is accepted as soon as it is assigned. */
  readonly autoAccept: boolean;
  /** Streams send each event twice. */
  readonly streamDuplicates: boolean;
  /** Streams send events that come close together in the wrong order. */
  readonly streamReorder: boolean;
}

const DEFAULTS: MessagingSwitches = {
  invalidIdentity: 'refuse',
  sessionStart: 'create',
  duplicateMessageIds: 'same-entry',
  acceptLongOrgId: false,
  replay: 'on',
  rateLimits: true,
  retryAfter: false,
  pingSeconds: 20,
  inactivityMinutes: null,
  autoEndMinutes: null,
  autoAccept: false,
  streamDuplicates: false,
  streamReorder: false,
};

export function messagingSwitches(org: OrgState): MessagingSwitches {
  return { ...DEFAULTS, ...(org.documents.get(KIND, KEY) as Partial<MessagingSwitches> | undefined) };
}

type MessagingSwitchChange = { readonly [K in keyof MessagingSwitches]?: MessagingSwitches[K] | undefined };

/** Changes what is given and keeps the rest. */
export function changeMessagingSwitches(org: OrgState, change: MessagingSwitchChange): MessagingSwitches {
  org.documents.put(KIND, KEY, { ...messagingSwitches(org), ...change });
  return messagingSwitches(org);
}
