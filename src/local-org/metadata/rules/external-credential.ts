import { listOf, textOf } from '../elements/metadata-value.ts';
import { apiNameProblem, tooLong } from './names.ts';
import type { ComponentRule } from './rule-context.ts';

/** Protocols that need nothing the local org has not got (authentication providers, certificates, AWS keys). */
const implementedProtocols = new Set(['Custom', 'NoAuthentication', 'Basic']);

const principalTypes = new Set(['NamedPrincipal', 'PerUserPrincipal']);

/** External credentials: a name, a protocol, and principals whose names differ. */
export const checkExternalCredential: ComponentRule = ({ fullName, value }) => {
  const name =
    apiNameProblem(fullName, 'External Credential API Name') ?? tooLong('Label', textOf(value, 'label') ?? '', 80);
  if (name !== undefined) return { message: name };
  const protocol = textOf(value, 'authenticationProtocol') ?? '';
  if (!implementedProtocols.has(protocol)) {
    return {
      message: `LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement external credentials with protocol ${protocol}.`,
    };
  }
  const principals = listOf(value, 'externalCredentialParameters')
    .filter((parameter) => principalTypes.has(textOf(parameter, 'parameterType') ?? ''))
    .map((parameter) => (textOf(parameter, 'parameterName') ?? '').toLowerCase());
  const repeated = principals.find((principal, index) => principals.indexOf(principal) !== index);
  return repeated === undefined ? undefined : { message: `Duplicate principal name: ${repeated}` };
};
