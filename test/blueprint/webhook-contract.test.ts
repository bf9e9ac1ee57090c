import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { renderBlueprint } from '../../src/blueprint/blueprint.ts';
import {
  parseWebhookPayload,
  webhookContract,
  webhookEvents,
  type WebhookEventName,
} from '../../src/blueprint/webhook-contract.ts';
import { attachmentKeys, keyGroups, type KeyGroupName } from '../../src/blueprint/webhook-keys.ts';
import type { BlueprintSettings, BlueprintSettingsInput } from '../../src/config/blueprint-settings.ts';
import { singleOptions, testSettings } from './variants.ts';

const allEvents: BlueprintSettingsInput = { options: { bounce: true, caseClosed: true } };
const events = Object.keys(webhookEvents) as WebhookEventName[];

/** The rendered Apex class, in which each group of keys is a method of that name. */
async function apexClass(settings: BlueprintSettings): Promise<string> {
  const { components } = await renderBlueprint(settings);
  return components.find(({ role }) => role === 'case-management-class')?.files[0]?.content ?? '';
}

/** Keys that a method of the Apex class puts into its map. */
function keysInApex(source: string, method: string): string[] {
  const start = source.search(new RegExp(`private static Map<String, Object> ${method}\\(`));
  const body = source.slice(start, source.indexOf('\n    }\n', start));
  return [...body.matchAll(/'([^']+)' =>/g)].map(([, key]) => key ?? '');
}

const id = '500000000000001AAA';
const samples: Record<string, unknown> = {
  contractVersion: 1,
  occurredAt: '2026-11-20T13:00:00.000Z',
  messageDate: null,
  closedAt: '2026-11-20T13:00:00.000Z',
  newOwnerType: 'Queue',
  toAddresses: ['a@example.com'],
  ccAddresses: [],
  bccAddresses: [],
};

/** A payload as the rendered Apex would send it: exactly the keys that its methods put together. */
function payloadFromApex(
  source: string,
  settings: BlueprintSettings,
  event: WebhookEventName,
): Record<string, unknown> {
  const contract = webhookContract(settings.contract);
  const names = new Map(Object.entries(contract.keys).map(([name, wire]) => [wire, name]));
  const payload: Record<string, unknown> = {};
  for (const group of webhookEvents[event].groups) {
    for (const wire of keysInApex(source, group)) {
      const name = names.get(wire) ?? wire;
      const isFlag = /(?:Truncated|^is[A-Z]\w+)$/.test(name);
      payload[wire] = name in samples ? samples[name] : isFlag ? false : id;
    }
  }
  payload[contract.keys['event'] ?? ''] = contract.events[event];
  if (payload[contract.keys['emailMessageId'] ?? ''] !== undefined) {
    const [fileId = '', name = '', size = ''] = keysInApex(source, 'attachmentFacts');
    payload[contract.keys['attachments'] ?? ''] = [{ [fileId]: id, [name]: 'photo.png', [size]: 12 }];
  }
  return payload;
}

describe.each([
  ['default', testSettings(allEvents)],
  ['renamed', testSettings(allEvents, singleOptions.renamed)],
])('the contract (%s names)', (_, settings) => {
  const contract = webhookContract(settings.contract);

  test('has the same keys as the Apex that sends it', async () => {
    const source = await apexClass(settings);
    for (const [group, keys] of Object.entries(keyGroups)) {
      const expected = Object.keys(keys)
        .filter((name) => name !== 'attachments')
        .map((name) => contract.keys[name]);
      expect(keysInApex(source, group as KeyGroupName), group).toEqual(expected);
    }
    expect(keysInApex(source, 'attachmentFacts')).toEqual(Object.keys(attachmentKeys).map((key) => contract.keys[key]));
    for (const event of events) expect(source).toContain(`'${contract.events[event]}'`);
  });

  test.each(events)('accepts what Apex sends for %s and reads it by contract names', async (event) => {
    const payload = payloadFromApex(await apexClass(settings), settings, event);
    expect(contract.schema.safeParse(payload).error).toBeUndefined();
    const read = parseWebhookPayload(contract, payload);
    expect(read).toMatchObject({ name: event, caseId: id, organizationId: id, event: contract.events[event] });
    if (read.name === 'customerEmail') {
      expect(read.toAddresses).toEqual(['a@example.com']);
      expect(read.attachments).toEqual([{ attachmentId: id, attachmentName: 'photo.png', attachmentSize: 12 }]);
    }
    if (read.name === 'ownerChanged') expect(read.newOwnerType).toBe('Queue');
  });

  test.each(events)('refuses %s without any of its keys', async (event) => {
    const payload = payloadFromApex(await apexClass(settings), settings, event);
    for (const key of Object.keys(payload)) {
      const { [key]: _removed, ...rest } = payload;
      expect(() => parseWebhookPayload(contract, rest), key).toThrow(z.ZodError);
      expect(contract.schema.safeParse(rest).success, key).toBe(false);
    }
  });
});

test('an unknown event or a body that is no object is refused; a key from a newer Apex is not', async () => {
  const settings = testSettings();
  const contract = webhookContract(settings.contract);
  const payload = payloadFromApex(await apexClass(settings), settings, 'caseCreated');
  expect(() => parseWebhookPayload(contract, { ...payload, event: 'case_deleted' })).toThrow(z.ZodError);
  expect(() => parseWebhookPayload(contract, 'case_created')).toThrow(z.ZodError);
  expect(() => parseWebhookPayload(contract, null)).toThrow(z.ZodError);
  expect(parseWebhookPayload(contract, { ...payload, added_later: 1 }).name).toBe('caseCreated');
});

test('the contract can be published as a JSON schema with a description for each key', () => {
  const schema = z.toJSONSchema(webhookContract(testSettings().contract).schema);
  expect(schema.anyOf).toHaveLength(events.length);
  expect(JSON.stringify(schema)).toContain('de-duplicate by it');
});
