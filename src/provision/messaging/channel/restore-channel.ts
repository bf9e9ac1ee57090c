import { authorizationOf, elementsOf, embeddedConfigOf, parameterOf, type ChannelValues } from './channel-values.ts';
import type { ChannelWish } from './merge-channel.ts';
import { inWsdlOrder } from './wsdl-order.ts';

/**
 * A channel as it is now, with what {@link ChannelWish} brought taken out or put back as it was. What else was changed since
 * stays.
 * @param original the channel before it was changed for the first time
 */
export function restoredChannel(
  values: ChannelValues,
  original: ChannelValues,
  { keyset, parameters }: ChannelWish,
): Record<string, unknown> {
  const ours = new Set(parameters.map(({ name }) => name));
  const before = embeddedConfigOf(original);
  return inWsdlOrder({
    ...values,
    ...restoredFlag(values, original),
    customParameters: asBefore(
      elementsOf(values, 'customParameters'),
      elementsOf(original, 'customParameters'),
      (one) => parameterOf(one).externalName,
      (name) => ours.has(name),
    ),
    embeddedConfig: {
      ...embeddedConfigOf(values),
      // A channel that told nothing of it let everybody in.
      authMode: before['authMode'] ?? 'UnAuth',
      messagingAuthorizations: asBefore(
        elementsOf(embeddedConfigOf(values), 'messagingAuthorizations'),
        elementsOf(before, 'messagingAuthorizations'),
        (one) => authorizationOf(one).keyset,
        (name) => name === keyset,
      ),
    },
  });
}

function restoredFlag(values: ChannelValues, original: ChannelValues): Record<string, unknown> {
  const name = 'isSynchronousChatEnabled';
  return name in values || name in original ? { [name]: original[name] ?? 'false' } : {};
}

/** Elements of today; those of ours as they were, or not at all if they were not there. */
function asBefore(
  now: readonly ChannelValues[],
  before: readonly ChannelValues[],
  keyOf: (one: ChannelValues) => string,
  isOurs: (key: string) => boolean,
): ChannelValues[] {
  return now.flatMap((one) => {
    const key = keyOf(one);
    return isOurs(key) ? before.filter((old) => keyOf(old) === key) : [one];
  });
}
