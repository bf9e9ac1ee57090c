import { componentPath, type BlueprintComponent } from '../blueprint.ts';
import type { MessagingComponentType, MessagingRole } from '../component-table.ts';
import { descriptionSlot, withMarker } from '../marker.ts';
import { xmlText } from '../rendering/escape.ts';

/** A public key as Salesforce takes it. */
export interface VerificationKey {
  /** API name of its component. */
  name: string;
  kid: string;
  /** One JWK object as JSON, with its certificate and without anything private. */
  jsonWebKey: string;
}

/** A set of keys, and who signs with them. */
export interface Keyset {
  name: string;
  /** `iss` of the tokens, compared letter by letter. */
  issuer: string;
  /** API names of the keys, the newest first. */
  keys: readonly string[];
}

const namespace = 'http://soap.sforce.com/2006/04/metadata';

/**
 * A key for user verification, API version 62.0 or later. Plain functions and no template: files of keys are written with no
 * org and no settings at hand.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_publickeycertificate.htm
 */
export function renderVerificationKey({ name, kid, jsonWebKey }: VerificationKey): BlueprintComponent {
  return component('PublicKeyCertificate', name, 'verification-key', [
    element('description', `Verifies the identity tokens that OpenCX signs. ${descriptionSlot}`),
    element('isActive', 'true'),
    element('jsonWebKey', jsonWebKey),
    element('masterLabel', kid),
  ]);
}

/** The keyset that a channel verifies users with, API version 62.0 or later. */
export function renderKeyset({ name, issuer, keys }: Keyset): BlueprintComponent {
  return component('PublicKeyCertificateSet', name, 'verification-keyset', [
    element('description', `Keys that OpenCX signs its identity tokens with. ${descriptionSlot}`),
    element('jwtIssuer', issuer),
    element('masterLabel', name.replaceAll('_', ' ')),
    ...keys.map((key) => {
      const reference = element('publicKeyCertificate', key);
      return `<publicKeyCertificateSetKeys>\n        ${reference}\n    </publicKeyCertificateSetKeys>`;
    }),
    element('type', 'JWKS'),
  ]);
}

/** Elements stand in the order of the WSDL, which is that of the alphabet. */
function component(
  type: MessagingComponentType,
  fullName: string,
  role: MessagingRole,
  elements: readonly string[],
): BlueprintComponent {
  const lines = elements.map((one) => `    ${one}\n`).join('');
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="${namespace}">\n${lines}</${type}>\n`;
  const { content, marker } = withMarker(xml, role, 1);
  return { type, fullName, role, files: [{ path: componentPath(type, fullName), content }], marker };
}

function element(name: string, text: string): string {
  return `<${name}>${xmlText(text)}</${name}>`;
}
