import type { KeyObject, X509Certificate } from 'node:crypto';

import { readJwk } from '../../../messaging/keys/read/read-jwk.ts';
import {
  authorizationsOf,
  elementsOf,
  textOf,
  type ChannelValues,
} from '../../../provision/messaging/channel/channel-values.ts';
import type { Reading } from '../reading.ts';
import { channelMetadata } from './channel.ts';
import { readComponent, type MetadataRead } from './metadata-read.ts';

/** Names of the keysets by which a channel verifies its users. */
export function enabledKeysets(channel: ChannelValues): string[] {
  return authorizationsOf(channel).flatMap(({ enabled, keyset }) => (enabled && keyset !== '' ? [keyset] : []));
}

/** The keyset of the channel: the configured one if it is among those enabled. Undefined where the channel tells none. */
export const keyset: Reading<MetadataRead | undefined> = {
  what: 'Metadata API: PublicKeyCertificateSet',
  read: async (context) => {
    const channel = await context.read(channelMetadata);
    if (channel.state === 'unread') return channel;
    const names = channel.state === 'read' ? enabledKeysets(channel.values) : [];
    const { keyset: wanted } = context.config.messaging;
    const [first] = names;
    const name = names.find((one) => one === wanted) ?? first;
    return name === undefined ? undefined : await readComponent(context, 'PublicKeyCertificateSet', name);
  },
};

/** A key of the keyset. */
export interface RegisteredKey {
  /** API name of its component. */
  name: string;
  isActive: boolean;
  kid: string | undefined;
  publicKey: KeyObject | undefined;
  certificate: X509Certificate | undefined;
}

/** All keys that the keyset names; those whose component is gone are left out. */
export const registeredKeys: Reading<readonly RegisteredKey[]> = {
  what: 'Metadata API: PublicKeyCertificate',
  read: async (context) => {
    const set = await context.read(keyset);
    if (set?.state !== 'read') return [];
    const names = elementsOf(set.values, 'publicKeyCertificateSetKeys').map((one) =>
      textOf(one, 'publicKeyCertificate'),
    );
    const read = await Promise.all(names.map((name) => readComponent(context, 'PublicKeyCertificate', name)));
    return read.flatMap((one) => (one.state === 'read' ? [keyOf(one.name, one.values)] : []));
  },
};

function keyOf(name: string, values: ChannelValues): RegisteredKey {
  const jwk = readJwk(textOf(values, 'jsonWebKey'));
  const unread = { kid: undefined, publicKey: undefined, certificate: undefined };
  return {
    name,
    isActive: textOf(values, 'isActive') === 'true',
    ...(jwk.problem === undefined ? { kid: jwk.kid, publicKey: jwk.key, certificate: jwk.certificate } : unread),
  };
}
