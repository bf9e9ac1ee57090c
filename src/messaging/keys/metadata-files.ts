import type { BlueprintComponent } from '../../blueprint/blueprint.ts';
import {
  renderKeyset,
  renderVerificationKey,
  type VerificationKey,
} from '../../blueprint/messaging/render-verification-keys.ts';
import { defaultKeysetName } from '../../config/messaging-settings.ts';
import { metadataValues, type MetadataValues } from '../../salesforce/metadata/metadata-xml.ts';
import { jwkText, type VerificationJwk } from './jwk.ts';
import { apiNameOf } from './key-names.ts';

/** Where the keyset lies, inside the folder of metadata. */
export const keysetPath = `PublicKeyCertificateSet/${defaultKeysetName}.PublicKeyCertificateSet-meta.xml`;

/**
 * The keys and their keyset as metadata in source format, for API version 62.0 or later. Folders and suffixes begin with a
 * capital letter, unlike those of most types.
 * @param keys all keys of the keyset, the newest first
 * @param issuer `iss` of the tokens; without it there is no keyset, since Salesforce would compare tokens with a guess
 * @returns path to content
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_publickeycertificateset.htm
 */
export function metadataFiles(keys: readonly VerificationJwk[], issuer: string | undefined): Map<string, string> {
  const files = new Map<string, string>();
  const rendered = keys.map(verificationKey);
  for (const key of rendered) files.set(keyPath(key.kid), contentOf(renderVerificationKey(key)));
  const names = rendered.map(({ name }) => name);
  if (issuer !== undefined)
    files.set(keysetPath, contentOf(renderKeyset({ name: defaultKeysetName, issuer, keys: names })));
  return files;
}

/** Where the component of a key lies, inside the folder of metadata. */
export function keyPath(kid: string): string {
  return `PublicKeyCertificate/${apiNameOf(kid)}.PublicKeyCertificate-meta.xml`;
}

/** A key as it is put into metadata. */
export function verificationKey(key: VerificationJwk): VerificationKey {
  return { name: apiNameOf(key.kid), kid: key.kid, jsonWebKey: oneLine(jwkText(key)) };
}

/** As one line: an org keeps the text as it is, and line ends are what is changed most easily on the way. */
function oneLine(json: string): string {
  return JSON.stringify(JSON.parse(json));
}

function contentOf({ files }: BlueprintComponent): string {
  return files[0]?.content ?? '';
}

/** The issuer that a keyset of {@link metadataFiles} has, so that a rotation keeps it. */
export function issuerIn(files: ReadonlyMap<string, string>): string | undefined {
  const { jwtIssuer } = valuesOf(files.get(keysetPath) ?? '');
  return typeof jwtIssuer === 'string' && jwtIssuer !== '' ? jwtIssuer : undefined;
}

/** What a component says. What is no XML says nothing: the caller misses what it looks for. */
export function valuesOf(xml: string): MetadataValues {
  try {
    return metadataValues(xml);
  } catch {
    return {};
  }
}
