import type { MetadataProblem } from '../../elements/metadata-problem.ts';
import { flagOf, listOf, textOf } from '../../elements/metadata-value.ts';
import type { MetadataValue } from '../../elements/metadata-value.ts';
import { apiNameProblem, tooLong } from '../names.ts';
import { notImplementedProblem } from '../not-implemented.ts';
import type { ComponentRule, RuleContext } from '../rule-context.ts';
import { customParametersProblem } from './custom-parameters.ts';
import { noSuch, outOfRange, required } from './messaging-problems.ts';
import { sessionHandlerProblem } from './session-handler.ts';

/**
 * Life of access tokens in minutes. The upper bound for verified users is not settled: a published guide says 240, the
 * Metadata API guide's own example has 360, so that both are taken here.
 */
const VERIFIED_MINUTES = [60, 360] as const;
const ANONYMOUS_MINUTES = [60, 4320] as const;

/** A messaging channel of Enhanced Chat. Other kinds of channels are not implemented. */
export const checkMessagingChannel: ComponentRule = ({ fullName, value }, context) => {
  const name =
    apiNameProblem(fullName, 'Channel Developer Name') ?? tooLong('Label', textOf(value, 'masterLabel') ?? '', 80);
  if (name !== undefined) return { message: name };
  const type = textOf(value, 'messagingChannelType') ?? '';
  if (type !== 'EmbeddedMessaging') return { message: notImplementedProblem(`messaging channels of type ${type}`) };
  return (
    configProblem(value, context) ??
    sessionHandlerProblem(value, context) ??
    customParametersProblem(listOf(value, 'customParameters'))
  );
};

function configProblem(value: MetadataValue, context: RuleContext): MetadataProblem | undefined {
  const config = listOf(value, 'embeddedConfig')[0];
  if (config === undefined) return undefined;
  const mode = textOf(config, 'authMode');
  if (mode === undefined) return required('authMode');
  if (mode !== 'Auth' && mode !== 'UnAuth') {
    return { message: `authMode: bad value for restricted picklist field: ${mode}` };
  }
  if (mode === 'Auth' && flagOf(value, 'isSynchronousChatEnabled', false)) {
    return { message: 'isSynchronousChatEnabled must be false for a channel with authMode Auth.' };
  }
  return (
    outOfRange('verifiedUserJwtExpirationTime', config['verifiedUserJwtExpirationTime'], ...VERIFIED_MINUTES) ??
    outOfRange('anonymousUserJwtExpirationTime', config['anonymousUserJwtExpirationTime'], ...ANONYMOUS_MINUTES) ??
    authorizationsProblem(listOf(config, 'messagingAuthorizations'), context)
  );
}

function authorizationsProblem(
  authorizations: readonly MetadataValue[],
  context: RuleContext,
): MetadataProblem | undefined {
  const identifiers = authorizations.map((authorization) => textOf(authorization, 'authIdentifier') ?? '');
  // "The value must begin with a letter. Only alphanumeric characters and _ are allowed" (Metadata API guide).
  const odd = identifiers.find((identifier) => !/^[A-Za-z]\w*$/.test(identifier));
  if (odd !== undefined)
    return { message: `authIdentifier must begin with a letter and hold letters, digits and _: ${odd}` };
  const repeated = identifiers.find((identifier, index) => identifiers.indexOf(identifier) < index);
  if (repeated !== undefined) {
    return { statusCode: 'DUPLICATE_VALUE', message: `duplicate value found: authIdentifier ${repeated}` };
  }
  for (const authorization of authorizations) {
    const type = textOf(authorization, 'authorizationType') ?? '';
    if (type !== 'PublicKeyCertificateSet') {
      return { message: notImplementedProblem(`messaging authorizations of type ${type}`) };
    }
    const keyset = textOf(authorization, 'publicKeyCertificateSetName');
    if (keyset === undefined) return required('publicKeyCertificateSetName');
    if (context.value('PublicKeyCertificateSet', keyset) === undefined) {
      return noSuch('publicKeyCertificateSetName', 'PublicKeyCertificateSet', keyset);
    }
  }
  return undefined;
}
