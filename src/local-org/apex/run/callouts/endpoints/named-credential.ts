import { storedValue } from '../../../../metadata/apply/stored-value.ts';
import { flagOf, listOf, textOf } from '../../../../metadata/elements/metadata-value.ts';
import type { MetadataValue } from '../../../../metadata/elements/metadata-value.ts';
import type { OrgState } from '../../../../state/org-state.ts';
import { apexError } from '../../../values/exception.ts';
import { notImplemented } from '../../../values/not-implemented.ts';
import type { CalloutTarget } from './callout-target.ts';
import { externalCredentialHeaders, headerParameters } from './external-credential.ts';

/** `callout:Name/path?query`; the name ends where the path or the query begins. */
const calloutShape = /^callout:([^/?#]*)(.*)$/is;

/** Whether an endpoint names a credential. */
export function isNamedEndpoint(endpoint: string): boolean {
  return /^callout:/i.test(endpoint);
}

/** A credential that is switched off is answered like one that is not there. */
function findCredential(org: OrgState, name: string): MetadataValue | undefined {
  const component = org.components.get('NamedCredential', name);
  const value = component === undefined ? undefined : storedValue(component);
  return value === undefined || textOf(value, 'calloutStatus') === 'Disabled' ? undefined : value;
}

function legacyTarget(credential: MetadataValue, rest: string): Pick<CalloutTarget, 'url' | 'headers'> {
  const needsPassword =
    textOf(credential, 'protocol') === 'Password' && flagOf(credential, 'generateAuthorizationHeader', true);
  if (needsPassword) throw notImplemented('callouts with the password of a named credential');
  return { url: `${textOf(credential, 'endpoint') ?? ''}${rest}`, headers: [] };
}

function securedTarget(
  org: OrgState,
  userId: string,
  credential: MetadataValue,
  rest: string,
): Pick<CalloutTarget, 'url' | 'headers'> {
  const parameters = listOf(credential, 'namedCredentialParameters');
  const ofType = (type: string): MetadataValue =>
    parameters.find((parameter) => textOf(parameter, 'parameterType') === type) ?? {};
  const external = textOf(ofType('Authentication'), 'externalCredential') ?? '';
  const own = externalCredentialHeaders(org, userId, external);
  return {
    url: `${textOf(ofType('Url'), 'parameterValue') ?? ''}${rest}`,
    headers: [...own, ...headerParameters(parameters, 'HttpHeader')],
  };
}

/**
 * Where `callout:Name/path` goes. A callout through a named credential needs no remote site setting.
 * @throws ApexThrown System.CalloutException for a credential that is not there or not the user's to use
 */
export function namedTarget(org: OrgState, userId: string, endpoint: string): CalloutTarget {
  const [, name = '', rest = ''] = calloutShape.exec(endpoint) ?? [];
  const credential = findCredential(org, name);
  if (credential === undefined) {
    throw apexError(
      'System.CalloutException',
      `The callout couldn't access the endpoint. You might not have the required permissions, or the named credential "${name}" might not exist.`,
    );
  }
  const isSecured = textOf(credential, 'namedCredentialType') === 'SecuredEndpoint';
  return {
    ...(isSecured ? securedTarget(org, userId, credential, rest) : legacyTarget(credential, rest)),
    mergesHeaders: flagOf(credential, 'allowMergeFieldsInHeader', false),
    mergesBody: flagOf(credential, 'allowMergeFieldsInBody', false),
  };
}
