import { listOf, textOf } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { apiNameProblem, isCalloutUrl, tooLong } from './names.ts';
import type { ComponentRule, RuleContext } from './rule-context.ts';

const legacyElements = ['endpoint', 'principalType', 'protocol'] as const;

/** Protocols of legacy credentials whose secrets or providers the local org has no place for. */
const implementedProtocols = new Set(['NoAuthentication', 'Password']);

/**
 * Named credentials: the legacy kind needs endpoint, principal type and protocol that fit together; a secured endpoint
 * needs its URL and an external credential that exists (Metadata API guide, NamedCredential; elements "valid only for
 * Legacy" since 56.0). The wording of the consistency errors is not documented.
 */
export const checkNamedCredential: ComponentRule = ({ fullName, value }, context) => {
  const name =
    apiNameProblem(fullName, 'Named Credential API Name') ?? tooLong('Label', textOf(value, 'label') ?? '', 80);
  if (name !== undefined) return { message: name };
  const kind = textOf(value, 'namedCredentialType') ?? 'Legacy';
  if (kind === 'Legacy') return say(legacyProblem(value));
  if (kind === 'SecuredEndpoint') return say(securedEndpointProblem(value, context));
  return { message: `LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement named credentials of type ${kind}.` };
};

function say(message: string | undefined): { message: string } | undefined {
  return message === undefined ? undefined : { message };
}

function legacyProblem(value: MetadataValue): string | undefined {
  const missing = legacyElements.find((element) => textOf(value, element) === undefined);
  if (missing !== undefined) return `Required field is missing: ${missing}`;
  if (listOf(value, 'namedCredentialParameters').length > 0) {
    return 'namedCredentialParameters is not valid for a NamedCredential of type Legacy';
  }
  const protocol = textOf(value, 'protocol') ?? '';
  const principal = textOf(value, 'principalType') ?? '';
  if (!isCalloutUrl(textOf(value, 'endpoint') ?? '')) {
    return `Invalid URL: ${textOf(value, 'endpoint') ?? ''}. The URL must begin with http:// or https://.`;
  }
  if ((protocol === 'NoAuthentication') !== (principal === 'Anonymous')) {
    return `Protocol ${protocol} cannot be used with principal type ${principal}`;
  }
  if (!implementedProtocols.has(protocol)) {
    return `LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement named credentials with protocol ${protocol}.`;
  }
  if (protocol === 'Password' && principal === 'NamedUser') {
    const absent = ['username', 'password'].find((element) => textOf(value, element) === undefined);
    if (absent !== undefined) return `Required field is missing: ${absent}`;
  }
  return undefined;
}

function securedEndpointProblem(value: MetadataValue, context: RuleContext): string | undefined {
  const stray = legacyElements.find((element) => textOf(value, element) !== undefined);
  if (stray !== undefined) return `${stray} is valid only for a NamedCredential of type Legacy`;
  const parameters = listOf(value, 'namedCredentialParameters');
  const ofType = (type: string): readonly MetadataValue[] =>
    parameters.filter((parameter) => textOf(parameter, 'parameterType') === type);
  const urls = ofType('Url');
  if (urls.length !== 1) return 'A NamedCredential of type SecuredEndpoint needs exactly one parameter of type Url';
  const url = textOf(urls[0] ?? {}, 'parameterValue') ?? '';
  if (!isCalloutUrl(url)) return `Invalid URL: ${url}. The URL must begin with http:// or https://.`;
  const authentications = ofType('Authentication');
  if (authentications.length !== 1) {
    return 'A NamedCredential of type SecuredEndpoint needs exactly one parameter of type Authentication';
  }
  const external = textOf(authentications[0] ?? {}, 'externalCredential');
  if (external === undefined) return 'Required field is missing: externalCredential';
  if (context.value('ExternalCredential', external) === undefined) {
    return `In field: externalCredential - no ExternalCredential named ${external} found`;
  }
  return undefined;
}
