import { z } from 'zod';
import type { BlueprintSettings } from '../config/blueprint-settings.ts';
import { attachmentKeys, contractVersion, keyGroups, type KeyGroupName } from './webhook-keys.ts';

type Groups = typeof keyGroups;
type FactsOf<Name extends KeyGroupName> = {
  [Key in keyof Groups[Name]]: Groups[Name][Key] extends { schema: infer S extends z.ZodType } ? z.output<S> : never;
};

/** Every event Apex can report: its default name on the wire and the groups of keys its payload has. */
export const webhookEvents = {
  caseCreated: { wire: 'case_created', groups: ['envelope', 'caseFacts', 'newCaseFacts'] },
  customerEmail: { wire: 'case_email_received', groups: ['envelope', 'caseFacts', 'emailFacts'] },
  agentEmail: { wire: 'case_email_agent_reply', groups: ['envelope', 'caseFacts', 'emailFacts'] },
  ownerChanged: { wire: 'case_owner_changed', groups: ['envelope', 'caseFacts', 'ownerChangeFacts'] },
  emailBounced: { wire: 'case_email_bounced', groups: ['envelope', 'caseFacts', 'emailFacts'] },
  caseClosed: { wire: 'case_closed', groups: ['envelope', 'caseFacts', 'closeFacts'] },
} as const satisfies Record<string, { wire: string; groups: readonly KeyGroupName[] }>;

export type WebhookEventName = keyof typeof webhookEvents;

type Payload<Name extends WebhookEventName, Group extends KeyGroupName> = { name: Name } & FactsOf<'envelope'> &
  FactsOf<'caseFacts'> &
  FactsOf<Group>;

/** A payload as the product reads it: keys by their contract name, whatever the wire calls them. */
export type WebhookPayload =
  | Payload<'caseCreated', 'newCaseFacts'>
  | Payload<'customerEmail', 'emailFacts'>
  | Payload<'agentEmail', 'emailFacts'>
  | Payload<'ownerChanged', 'ownerChangeFacts'>
  | Payload<'emailBounced', 'emailFacts'>
  | Payload<'caseClosed', 'closeFacts'>;

/** The contract with one configuration's renames applied; feeds the Apex templates and the receiver alike. */
export interface WebhookContract {
  version: number;
  /** Contract event name → name on the wire. */
  events: Record<WebhookEventName, string>;
  /** Contract key → key on the wire, those of an attachment included. */
  keys: Record<string, string>;
  /** What a request body must look like on the wire. Unknown keys are tolerated: a newer Apex may send more. */
  schema: z.ZodType<Record<string, unknown>>;
  /** The same of each event, made once: making one takes longer than reading a hundred bodies. */
  eventSchemas: Record<WebhookEventName, z.ZodObject>;
  /** Only the name of the event, of any body. */
  nameSchema: z.ZodType<Record<string, unknown>>;
}

/** Contract key → default key on the wire, for every key there is. */
export function defaultContractKeys(): Record<string, string> {
  const keys: Record<string, string> = {};
  for (const group of [...Object.values(keyGroups), attachmentKeys]) {
    for (const [name, key] of Object.entries(group)) keys[name] = key.wire;
  }
  return keys;
}

/** Contract event name → default name on the wire. */
export function defaultContractEvents(): Record<WebhookEventName, string> {
  return Object.fromEntries(Object.entries(webhookEvents).map(([name, row]) => [name, row.wire])) as Record<
    WebhookEventName,
    string
  >;
}

/**
 * The webhook contract under a configuration's renames.
 *
 * The published pages lost the Apex source, so all names are this product's own until a tenant can be asked.
 * @param renames events and keys by contract name; `validateSettings` has refused unknown and clashing ones.
 */
export function webhookContract(renames: BlueprintSettings['contract']): WebhookContract {
  const keys = { ...defaultContractKeys(), ...renames.keys };
  const events = { ...defaultContractEvents(), ...renames.events };
  const eventSchemas = Object.fromEntries(
    eventNames().map((name) => [name, eventSchema(name, events[name], keys)]),
  ) as WebhookContract['eventSchemas'];
  const [first, ...others] = Object.values(eventSchemas);
  if (first === undefined) throw new Error('the webhook contract has no events');
  return {
    version: contractVersion,
    events,
    keys,
    schema: z.union([first, ...others]),
    eventSchemas,
    nameSchema: z.looseObject({ [keys['event'] ?? 'event']: z.enum(Object.values(events)) }),
  };
}

/**
 * Reads one webhook request body (parsed JSON).
 * @returns the payload with contract names.
 * @throws z.ZodError naming the wire keys that do not fit; an unknown event name is such a key.
 */
export function parseWebhookPayload(contract: WebhookContract, body: unknown): WebhookPayload {
  const wireEvent = contract.nameSchema.parse(body)[contract.keys['event'] ?? 'event'];
  const name = eventNames().find((candidate) => contract.events[candidate] === wireEvent);
  if (name === undefined) throw new Error(`no event is called ${String(wireEvent)}`);
  const wire: Record<string, unknown> = contract.eventSchemas[name].parse(body);
  const payload: Record<string, unknown> = { name };
  for (const [key, wireKey] of keysOf(name, contract.keys)) {
    const value = wire[wireKey];
    payload[key] = key === 'attachments' ? attachmentsFromWire(value, contract.keys) : value;
  }
  // The schema above was built from the very table the type is derived from, key by key.
  return payload as WebhookPayload;
}

function eventNames(): WebhookEventName[] {
  return Object.keys(webhookEvents) as WebhookEventName[];
}

function* keysOf(event: WebhookEventName, keys: Record<string, string>): Generator<[string, string, z.ZodType]> {
  for (const group of webhookEvents[event].groups) {
    for (const [name, key] of Object.entries(keyGroups[group])) yield [name, keys[name] ?? key.wire, key.schema];
  }
}

function eventSchema(event: WebhookEventName, wireName: string, keys: Record<string, string>): z.ZodObject {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, wireKey, schema] of keysOf(event, keys)) {
    shape[wireKey] = schema;
    if (name === 'event') shape[wireKey] = z.literal(wireName);
    if (name === 'attachments') shape[wireKey] = z.array(attachmentSchema(keys)).describe(schema.description ?? '');
  }
  return z.looseObject(shape).describe(`Event ${wireName}.`);
}

function attachmentSchema(keys: Record<string, string>): z.ZodType {
  return z.looseObject(
    Object.fromEntries(Object.entries(attachmentKeys).map(([name, key]) => [keys[name] ?? key.wire, key.schema])),
  );
}

function attachmentsFromWire(value: unknown, keys: Record<string, string>): Record<string, unknown>[] {
  const items = z.array(z.record(z.string(), z.unknown())).parse(value);
  return items.map((item) =>
    Object.fromEntries(Object.entries(attachmentKeys).map(([name, key]) => [name, item[keys[name] ?? key.wire]])),
  );
}
