import {
  authModeOf,
  authorizationOf,
  authorizationsOf,
  elementsOf,
  embeddedConfigOf,
  isSynchronous,
  parameterOf,
  parametersOf,
  type ChannelValues,
  type Parameter,
} from './channel-values.ts';
import { inWsdlOrder } from './wsdl-order.ts';

/** A parameter that a channel must have. */
export interface WantedParameter {
  name: string;
  label: string;
  maxLength: number;
  /** Input variable of the flow that it is mapped to; absent as long as the flow has none. */
  variable?: string;
}

/** What OpenCX needs of a channel; all else of it stays as it is. */
export interface ChannelWish {
  keyset: string;
  parameters: readonly WantedParameter[];
}

/** The parameter of a channel that carries an attribute: its Channel Variable Name is the key, compared letter by letter. */
export function parameterFor(values: ChannelValues, name: string): Parameter | undefined {
  return parametersOf(values).find(({ externalName }) => externalName === name);
}

/** A parameter that stands in the way of a wanted one: the same name in other letters, or for another key. */
export function parameterInTheWay(values: ChannelValues, name: string): Parameter | undefined {
  if (parameterFor(values, name) !== undefined) return undefined;
  const lower = name.toLowerCase();
  return parametersOf(values).find((one) => [one.name, one.externalName].some((own) => own.toLowerCase() === lower));
}

/** What of a wish a channel does not have, in words that a plan shows; empty when it has all. */
export function channelDifferences(values: ChannelValues, { keyset, parameters }: ChannelWish): string[] {
  return [
    ...(authModeOf(values) === 'Auth' ? [] : ['authMode Auth']),
    ...(isSynchronous(values) ? ['isSynchronousChatEnabled false'] : []),
    ...(authorizationsOf(values).some((one) => one.keyset === keyset && one.enabled) ? [] : [`keyset ${keyset}`]),
    ...parameters.flatMap((wanted) => parameterDifference(values, wanted)),
  ];
}

function parameterDifference(values: ChannelValues, { name, variable }: WantedParameter): string[] {
  const mapping = variable === undefined ? '' : ` → flow variable ${variable}`;
  const present = parameterFor(values, name);
  if (present === undefined) return [`parameter ${name}${mapping}`];
  return mapping === '' || present.variables.length > 0 ? [] : [`mapping ${name}${mapping}`];
}

/** A channel with what a wish adds to it, to be sent as it is. Nothing that it has is lost, known here or not. */
export function mergedChannel(values: ChannelValues, wish: ChannelWish): Record<string, unknown> {
  return inWsdlOrder({
    ...values,
    ...(isSynchronous(values) ? { isSynchronousChatEnabled: 'false' } : {}),
    customParameters: [
      ...elementsOf(values, 'customParameters').map((one) => withMapping(one, wish)),
      ...wish.parameters.filter(({ name }) => parameterFor(values, name) === undefined).map(newParameter),
    ],
    embeddedConfig: {
      ...embeddedConfigOf(values),
      authMode: 'Auth',
      messagingAuthorizations: withAuthorization(values, wish),
    },
  });
}

function withMapping(one: ChannelValues, { parameters }: ChannelWish): ChannelValues {
  const { externalName, variables } = parameterOf(one);
  const variable = parameters.find(({ name }) => name === externalName)?.variable;
  return variable === undefined || variables.length > 0
    ? one
    : { ...one, actionParameterMappings: [{ actionParameterName: variable }] };
}

function newParameter({ name, label, maxLength, variable }: WantedParameter): ChannelValues {
  return {
    ...(variable === undefined ? {} : { actionParameterMappings: [{ actionParameterName: variable }] }),
    externalParameterName: name,
    masterLabel: label,
    maxLength,
    name,
    parameterDataType: 'String',
  };
}

function withAuthorization(values: ChannelValues, { keyset }: ChannelWish): ChannelValues[] {
  const present = elementsOf(embeddedConfigOf(values), 'messagingAuthorizations');
  const isOurs = (one: ChannelValues) => authorizationOf(one).keyset === keyset;
  if (present.some(isOurs)) return present.map((one) => (isOurs(one) ? { ...one, enabled: 'true' } : one));
  const added = {
    authIdentifier: freeIdentifier(present, keyset),
    authorizationType: 'PublicKeyCertificateSet',
    enabled: 'true',
    publicKeyCertificateSetName: keyset,
  };
  return [...present, added];
}

function freeIdentifier(present: readonly ChannelValues[], keyset: string): string {
  const taken = new Set(present.map((one) => authorizationOf(one).authIdentifier.toLowerCase()));
  let name = keyset;
  for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${keyset}_${count}`;
  return name;
}
