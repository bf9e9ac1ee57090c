import { listOf, textOf } from '../../elements/metadata-value.ts';
import type { MetadataProblem } from '../../elements/metadata-problem.ts';
import { apiNameProblem, tooLong } from '../names.ts';
import type { ComponentRule } from '../rule-context.ts';
import { noSuch, required } from './messaging-problems.ts';
import { readVerificationJwk } from './verification-jwk.ts';

const DAY = 86_400_000;

/** A certificate must be good for ten more days when it is uploaded (help, "Troubleshoot User Verification"). */
const LEAST_DAYS = 10;

/** A key of user verification: one JWK with a certificate that is good for a while. */
export const checkPublicKeyCertificate: ComponentRule = ({ fullName, value }, { org }) => {
  const name =
    apiNameProblem(fullName, 'Public Key Certificate Name') ?? tooLong('Label', textOf(value, 'masterLabel') ?? '', 80);
  if (name !== undefined) return { message: name };
  const text = textOf(value, 'jsonWebKey');
  if (text === undefined) return required('jsonWebKey');
  const read = readVerificationJwk(text);
  if ('problem' in read) return { message: read.problem };
  const { validFromDate, validToDate } = read.jwk.certificate;
  const now = org.now().getTime();
  if (validFromDate.getTime() > now) return { message: 'The certificate in x5c is not valid yet.' };
  if (validToDate.getTime() < now + LEAST_DAYS * DAY) {
    return { message: `The certificate in x5c must be valid for at least ${LEAST_DAYS} more days.` };
  }
  return undefined;
};

/**
 * A keyset: an issuer, and keys of the org or the URL of a JWKS. The two exclude each other, which is reported in the words
 * below for the endpoint of a keyset with keys.
 */
export const checkPublicKeyCertificateSet: ComponentRule = ({ fullName, value }, context) => {
  const name =
    apiNameProblem(fullName, 'Public Key Certificate Set Name') ??
    tooLong('Label', textOf(value, 'masterLabel') ?? '', 80);
  if (name !== undefined) return { message: name };
  if (textOf(value, 'jwtIssuer') === undefined) return required('jwtIssuer');
  const endPoint = textOf(value, 'jwksEndPoint');
  const keys = listOf(value, 'publicKeyCertificateSetKeys').map((key) => textOf(key, 'publicKeyCertificate') ?? '');
  if (textOf(value, 'type') === 'JWKS_URL') return endPointProblem(endPoint, keys);
  if (endPoint !== undefined) {
    return { message: "You can't configure JWKS_URL when the key type selected is JWKS_KEY." };
  }
  if (keys.length === 0) return required('publicKeyCertificateSetKeys');
  const missing = keys.find((key) => context.value('PublicKeyCertificate', key) === undefined);
  if (missing !== undefined) return noSuch('publicKeyCertificate', 'PublicKeyCertificate', missing);
  const repeated = keys.find((key, index) => keys.findIndex((one) => one.toLowerCase() === key.toLowerCase()) < index);
  return repeated === undefined ? undefined : { message: `duplicate value found: publicKeyCertificate ${repeated}` };
};

function endPointProblem(endPoint: string | undefined, keys: readonly string[]): MetadataProblem | undefined {
  if (endPoint === undefined) return required('jwksEndPoint');
  if (!/^https:\/\//i.test(endPoint) || !URL.canParse(endPoint)) {
    return { message: `jwksEndPoint: invalid URL: ${endPoint}` };
  }
  return keys.length === 0 ? undefined : { message: 'A keyset of type JWKS_URL has no keys of its own.' };
}
