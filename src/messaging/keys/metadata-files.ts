import { escapeXml } from '../../escape-xml.ts';
import { metadataValues, type MetadataValues } from '../../salesforce/metadata/metadata-xml.ts';
import { jwkText, type VerificationJwk } from './jwk.ts';
import { apiNameOf } from './key-names.ts';

/** API name of the keyset; a channel refers to it. */
export const keysetName = 'OpenCX_Keys';
/** Where the keyset lies, inside the folder of metadata. */
export const keysetPath = `PublicKeyCertificateSet/${keysetName}.PublicKeyCertificateSet-meta.xml`;
const namespace = 'http://soap.sforce.com/2006/04/metadata';

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
  for (const key of keys) {
    files.set(keyPath(key.kid), keyXml(key));
  }
  if (issuer !== undefined) files.set(keysetPath, keysetXml(keys, issuer));
  return files;
}

/** Where the component of a key lies, inside the folder of metadata. */
export function keyPath(kid: string): string {
  return `PublicKeyCertificate/${apiNameOf(kid)}.PublicKeyCertificate-meta.xml`;
}

function keyXml(key: VerificationJwk): string {
  return component('PublicKeyCertificate', [
    element('masterLabel', key.kid),
    element('isActive', 'true'),
    element('description', 'Verifies the identity tokens that OpenCX signs. Made by opencx-sf.'),
    element('jsonWebKey', jwkText(key).trimEnd()),
  ]);
}

function keysetXml(keys: readonly VerificationJwk[], issuer: string): string {
  return component('PublicKeyCertificateSet', [
    element('masterLabel', 'OpenCX Keys'),
    element('description', 'Keys that OpenCX signs its identity tokens with. Made by opencx-sf.'),
    element('type', 'JWKS'),
    element('jwtIssuer', issuer),
    ...keys.map(({ kid }) => {
      const reference = element('publicKeyCertificate', apiNameOf(kid));
      return `<publicKeyCertificateSetKeys>\n        ${reference}\n    </publicKeyCertificateSetKeys>`;
    }),
  ]);
}

function component(type: string, children: readonly string[]): string {
  const lines = children.map((child) => `    ${child}\n`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="${namespace}">\n${lines}</${type}>\n`;
}

function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
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
