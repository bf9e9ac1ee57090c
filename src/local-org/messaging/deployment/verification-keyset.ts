import { storedValue } from '../../metadata/apply/stored-value.ts';
import { flagOf, listOf, textOf } from '../../metadata/elements/metadata-value.ts';
import { readVerificationJwk } from '../../metadata/rules/messaging/verification-jwk.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { VerificationKey, VerificationKeyset } from './messaging-deployment.ts';

/** A keyset with the keys of it that are active; undefined if there is none of the name. */
export function verificationKeyset(org: OrgState, name: string): VerificationKeyset | undefined {
  const component = org.components.get('PublicKeyCertificateSet', name);
  if (component === undefined) return undefined;
  const value = storedValue(component);
  return {
    name: component.fullName,
    issuer: textOf(value, 'jwtIssuer') ?? '',
    keys: listOf(value, 'publicKeyCertificateSetKeys').flatMap((entry) =>
      activeKey(org, textOf(entry, 'publicKeyCertificate') ?? ''),
    ),
    jwksUrl: textOf(value, 'type') === 'JWKS_URL' ? (textOf(value, 'jwksEndPoint') ?? '') : undefined,
  };
}

/** No key is active of itself (Metadata API guide, PublicKeyCertificate: the default is false). */
function activeKey(org: OrgState, name: string): VerificationKey[] {
  const component = org.components.get('PublicKeyCertificate', name);
  if (component === undefined) return [];
  const value = storedValue(component);
  if (!flagOf(value, 'isActive', false)) return [];
  const read = readVerificationJwk(textOf(value, 'jsonWebKey') ?? '');
  if ('problem' in read) throw new Error(`The key ${name} is stored damaged: ${read.problem}`);
  const { kid, alg, certificate } = read.jwk;
  return [{ kid, alg, certificate: certificate.toString() }];
}
