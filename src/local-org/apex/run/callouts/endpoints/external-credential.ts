import { storedValue } from '../../../../metadata/apply/stored-value.ts';
import { flagOf, listOf, textOf } from '../../../../metadata/elements/metadata-value.ts';
import type { MetadataValue } from '../../../../metadata/elements/metadata-value.ts';
import type { OrgState } from '../../../../state/org-state.ts';
import { apexError } from '../../../values/exception.ts';
import { notImplemented } from '../../../values/not-implemented.ts';
import type { HeaderLine } from '../callouts.ts';

/** Principals granted to a user by permission sets, as `Credential-Principal` in lower case. */
function grantedPrincipals(org: OrgState, userId: string): ReadonlySet<string> {
  const assigned = new Set(
    org.records.find('PermissionSetAssignment', { AssigneeId: userId }).map((row) => row['PermissionSetId']),
  );
  const granted = org.components
    .list('PermissionSet')
    .filter((component) => component.recordId !== undefined && assigned.has(component.recordId))
    .flatMap((component) => listOf(storedValue(component), 'externalCredentialPrincipalAccesses'))
    .filter((access) => flagOf(access, 'enabled', false))
    .map((access) => (textOf(access, 'externalCredentialPrincipal') ?? '').toLowerCase());
  return new Set(granted);
}

/** Per-user principals need a user who has signed in at the far side, which nobody can do in the local org. */
function mayUse(org: OrgState, userId: string, name: string, credential: MetadataValue): boolean {
  const granted = grantedPrincipals(org, userId);
  return listOf(credential, 'externalCredentialParameters').some(
    (parameter) =>
      textOf(parameter, 'parameterType') === 'NamedPrincipal' &&
      granted.has(`${name}-${textOf(parameter, 'parameterName') ?? ''}`.toLowerCase()),
  );
}

/** Headers among parameters of a credential. Formulas read secrets, which metadata never brings. */
export function headerParameters(
  parameters: readonly MetadataValue[],
  type: 'AuthHeader' | 'HttpHeader',
): readonly HeaderLine[] {
  return parameters
    .filter((parameter) => textOf(parameter, 'parameterType') === type)
    .map((parameter) => {
      const value = textOf(parameter, 'parameterValue') ?? '';
      if (value.includes('{!')) throw notImplemented('formulas in headers of credentials');
      return [textOf(parameter, 'parameterName') ?? '', value];
    });
}

/**
 * The headers an external credential adds for a user.
 * @throws ApexThrown System.CalloutException where there is none or no principal of it is granted to the user
 */
export function externalCredentialHeaders(org: OrgState, userId: string, name: string): readonly HeaderLine[] {
  const component = org.components.get('ExternalCredential', name);
  const credential = component === undefined ? undefined : storedValue(component);
  if (credential === undefined || !mayUse(org, userId, name, credential)) {
    throw apexError(
      'System.CalloutException',
      `We couldn't access the credential(s). You might not have the required permissions, or the external credential "${name}" might not exist.`,
    );
  }
  if (textOf(credential, 'authenticationProtocol') === 'Basic') {
    throw notImplemented('callouts with the password of an external credential');
  }
  return headerParameters(listOf(credential, 'externalCredentialParameters'), 'AuthHeader');
}
