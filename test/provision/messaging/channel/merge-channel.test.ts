import { describe, expect, test } from 'vitest';

import type { ChannelValues } from '../../../../src/provision/messaging/channel/channel-values.ts';
import {
  channelDifferences,
  mergedChannel,
  type ChannelWish,
} from '../../../../src/provision/messaging/channel/merge-channel.ts';
import { restoredChannel } from '../../../../src/provision/messaging/channel/restore-channel.ts';
import { inWsdlOrder } from '../../../../src/provision/messaging/channel/wsdl-order.ts';

const wish: ChannelWish = {
  keyset: 'OpenCX_Keyset',
  parameters: [
    { name: 'Origin', label: 'Origin', maxLength: 255, variable: 'Origin' },
    { name: 'Priority', label: 'Priority', maxLength: 255 },
  ],
};
const topic = {
  actionParameterMappings: { actionParameterName: 'Topic' },
  externalParameterName: 'topic',
  masterLabel: 'Topic',
  maxLength: '80',
  name: 'Topic',
  parameterDataType: 'String',
};

/** Channels as readMetadata gives them: bare, rich, with elements that this product does not know. */
const channels: Record<string, ChannelValues> = {
  bare: { fullName: 'Bare', masterLabel: 'Bare', embeddedConfig: { authMode: 'UnAuth' } },
  'with one parameter': {
    fullName: 'One',
    customParameters: topic,
    embeddedConfig: { authMode: 'UnAuth', anonymousUserJwtExpirationTime: '120' },
    isSynchronousChatEnabled: 'true',
    someElementOfAComingRelease: { inner: ['a', 'b'] },
  },
  'with our parameter, mapped to nothing': {
    fullName: 'Ours',
    customParameters: [
      topic,
      { ...topic, name: 'Origin', externalParameterName: 'Origin', actionParameterMappings: '' },
    ],
    embeddedConfig: {
      authMode: 'Auth',
      futureSetting: 'x',
      messagingAuthorizations: {
        authIdentifier: 'OpenCX_Keyset',
        authorizationType: 'PublicKeyCertificateSet',
        enabled: 'true',
        publicKeyCertificateSetName: 'Theirs',
      },
    },
  },
  'with our keyset switched off': {
    fullName: 'Off',
    embeddedConfig: {
      authMode: 'Auth',
      messagingAuthorizations: [
        { authIdentifier: 'a', enabled: 'false', publicKeyCertificateSetName: 'OpenCX_Keyset' },
        { authIdentifier: 'b', enabled: 'true', publicKeyCertificateSetName: 'Theirs' },
      ],
    },
  },
};

describe.each(Object.entries(channels))('a channel %s', (_, before) => {
  test('has all that is wanted once it is merged, and a second merge changes nothing', () => {
    expect(channelDifferences(before, wish)).not.toEqual([]);
    const merged = mergedChannel(before, wish);
    expect(channelDifferences(merged, wish)).toEqual([]);
    expect(mergedChannel(merged, wish)).toEqual(merged);
  });

  test('keeps every element that it had, known or not', () => {
    const merged = JSON.stringify(mergedChannel(before, wish));
    for (const text of leavesOf(before)) expect(merged).toContain(text);
  });

  test('is as it was once it is restored, whatever else was changed meanwhile', () => {
    const merged = { ...mergedChannel(before, wish), description: 'edited since' };
    const restored = restoredChannel(merged, before, wish);
    const { description, ...rest } = restored;
    expect(description).toBe('edited since');
    expect(comparable(rest)).toEqual(comparable(inWsdlOrder(before)));
  });

  test('has its elements in the order of the WSDL', () => {
    const order = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(order);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
      const names = Object.keys(value).filter((name) => name !== 'fullName');
      expect(names).toEqual(names.toSorted());
      Object.values(value).forEach(order);
    };
    order(mergedChannel(before, wish));
  });
});

test('a channel that told nothing of verification lets everybody in again', () => {
  const restored = restoredChannel(mergedChannel({ masterLabel: 'None' }, wish), { masterLabel: 'None' }, wish);
  expect(restored).toMatchObject({
    customParameters: [],
    embeddedConfig: { authMode: 'UnAuth', messagingAuthorizations: [] },
  });
});

test('a mapping that somebody chose is left, and a parameter without a variable is not mapped', () => {
  const other = { ...topic, name: 'Origin', externalParameterName: 'Origin' };
  const merged = mergedChannel({ customParameters: other }, wish);
  expect(merged['customParameters']).toEqual([
    expect.objectContaining({ name: 'Origin', actionParameterMappings: { actionParameterName: 'Topic' } }),
    expect.not.objectContaining({ actionParameterMappings: expect.anything() }),
  ]);
});

test('an identifier that another authorization has is not taken a second time', () => {
  const { embeddedConfig } = mergedChannel(channels['with our parameter, mapped to nothing'] ?? {}, wish) as {
    embeddedConfig: { messagingAuthorizations: { authIdentifier: string }[] };
  };
  expect(embeddedConfig.messagingAuthorizations.map((one) => one.authIdentifier)).toEqual([
    'OpenCX_Keyset',
    'OpenCX_Keyset_2',
  ]);
});

test('what is nil is not sent back', () => {
  expect(inWsdlOrder({ b: { $: { 'xsi:nil': 'true' } }, a: [null, 'x'], fullName: 'X', c: null })).toEqual({
    fullName: 'X',
    a: ['x'],
  });
});

function leavesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    // What is changed on purpose, and texts that say nothing.
    return ['UnAuth', 'false', 'true', ''].includes(String(value)) ? [] : [JSON.stringify(value)];
  }
  return Object.values(value).flatMap(leavesOf);
}

/** Lists of one and none, and flags that are false, are written in more ways than one. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? comparable(value[0]) : value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([name, inner]) => [name, comparable(inner)] as const)
    .filter(([, inner]) => !(Array.isArray(inner) && inner.length === 0) && !isEmpty(inner));
  return Object.fromEntries(entries);
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
