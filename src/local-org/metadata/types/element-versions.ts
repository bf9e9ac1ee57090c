import type { MetadataValue } from '../elements/metadata-value.ts';

/** First API version of types that are younger than this org's oldest one (Metadata API guide, "Version" of each type). */
const TYPES: Readonly<Record<string, number>> = {
  EmbeddedServiceConfig: 41,
  MessagingChannel: 55,
  PublicKeyCertificate: 62,
  PublicKeyCertificateSet: 62,
};

/**
 * First API version of elements, as far as the guide or clients tell it. That `embeddedConfig` is left out below 62 is
 * reported of reading by SOAP 60.
 */
const ELEMENTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  MessagingChannel: {
    channelUsages: 62,
    countryCode: 62,
    embeddedConfig: 62,
    externalAccountId: 62,
    platformKey: 62,
    queueRoutingConfig: 64,
    sessionHandlerUser: 62,
  },
};

/** Whether a type is not there yet in a version. @param version e.g. `61.0` */
export function isLaterType(type: string, version: string): boolean {
  return (TYPES[type] ?? 0) > Number(version);
}

/** The first element of a value that its type does not have in a version; undefined if there is none. */
export function laterElement(type: string, value: MetadataValue, version: string): string | undefined {
  return Object.keys(value).find((name) => (ELEMENTS[type]?.[name] ?? 0) > Number(version));
}

/** Whether elements of a type came later than others. */
export function hasLaterElements(type: string): boolean {
  return ELEMENTS[type] !== undefined;
}

/** A value as a version shows it: what came later is not in it. */
export function asOfVersion(type: string, value: MetadataValue, version: string): MetadataValue {
  const since = ELEMENTS[type];
  if (since === undefined) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => (since[name] ?? 0) <= Number(version)));
}
