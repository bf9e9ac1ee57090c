import { readMarker } from '../../../blueprint/marker.ts';

/** Metadata of a messaging channel as `readMetadata` gives it: every leaf is text, a list of one is no list. */
export type ChannelValues = Readonly<Record<string, unknown>>;

/** A way in which a channel verifies its users. */
export interface Authorization {
  authIdentifier: string;
  /** Empty for what is no keyset. */
  keyset: string;
  enabled: boolean;
}

/** A custom parameter: what may travel in routing attributes. */
export interface Parameter {
  name: string;
  /** Channel Variable Name. */
  externalName: string;
  dataType: string;
  maxLength: number | undefined;
  /** Input variables of the flow that get its value. */
  variables: readonly string[];
}

/** Values of an element that may stand there once, many times or not at all; those that mean nothing are left out. */
export function elementsOf(values: ChannelValues, element: string): ChannelValues[] {
  return [values[element] ?? []].flat().filter((one): one is ChannelValues => typeof one === 'object' && one !== null);
}

/** Text of an element; empty where it is missing or has an attribute alone (`xsi:nil`). */
export function textOf(values: ChannelValues, element: string): string {
  const value = values[element];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export function authModeOf(values: ChannelValues): string {
  return textOf(embeddedConfigOf(values), 'authMode');
}

export function embeddedConfigOf(values: ChannelValues): ChannelValues {
  return elementsOf(values, 'embeddedConfig')[0] ?? {};
}

/** Whether chats of the channel end with the browser window; user verification excludes it. */
export function isSynchronous(values: ChannelValues): boolean {
  return textOf(values, 'isSynchronousChatEnabled') === 'true';
}

export function authorizationsOf(values: ChannelValues): Authorization[] {
  return elementsOf(embeddedConfigOf(values), 'messagingAuthorizations').map(authorizationOf);
}

export function authorizationOf(one: ChannelValues): Authorization {
  return {
    authIdentifier: textOf(one, 'authIdentifier'),
    keyset: textOf(one, 'publicKeyCertificateSetName'),
    enabled: textOf(one, 'enabled') === 'true',
  };
}

export function parametersOf(values: ChannelValues): Parameter[] {
  return elementsOf(values, 'customParameters').map(parameterOf);
}

export function parameterOf(one: ChannelValues): Parameter {
  const maxLength = Number(textOf(one, 'maxLength'));
  return {
    name: textOf(one, 'name'),
    externalName: textOf(one, 'externalParameterName'),
    dataType: textOf(one, 'parameterDataType'),
    maxLength: maxLength > 0 ? maxLength : undefined,
    // A mapping that Setup shows may come back without a name: then it maps to nothing.
    variables: elementsOf(one, 'actionParameterMappings')
      .map((mapping) => textOf(mapping, 'actionParameterName'))
      .filter((name) => name !== ''),
  };
}

/** API name of the flow that routes the channel's sessions; undefined where a queue or somebody takes them. */
export function handlerFlowOf(values: ChannelValues): string | undefined {
  return textOf(values, 'sessionHandlerType') === 'Flow' ? textOf(values, 'sessionHandlerFlow') : undefined;
}

/** Whether metadata was made by this product. */
export function carriesMarker(values: Readonly<Record<string, unknown>>): boolean {
  return readMarker(JSON.stringify(values)) !== undefined;
}
