import { metadataFile } from '../metadata/package-zip.ts';
import type { PackageFiles } from '../metadata/package-zip.ts';

/** A custom parameter of a channel; the flow's variable has its name unless another is given. */
export interface ParameterOptions {
  readonly name: string;
  readonly externalName?: string;
  readonly dataType?: string;
  readonly maxLength?: number;
  /** None: the parameter is mapped to nothing. */
  readonly flowVariable?: string | null;
}

/** What OpenCX sends with a conversation. */
export const openCxParameters: readonly ParameterOptions[] = [
  { name: 'OpencxSessionId', maxLength: 36 },
  { name: 'Chat_Consumer_Type', maxLength: 50 },
  { name: 'Origin', maxLength: 50 },
  { name: 'Priority', maxLength: 20 },
  { name: 'Chat_language', maxLength: 10 },
];

export const queueName = 'OpenCX_Messaging';
export const fallbackQueueName = 'OpenCX_Fallback';
export const flowName = 'OpenCX_Messaging_Routing';
export const permissionSetName = 'OpenCX_Messaging_Fields';

export function queueFile(name: string, members: readonly string[] = [], objects = ['MessagingSession']): PackageFiles {
  const users = members.map((username) => `<user>${username}</user>`).join('');
  return {
    [`queues/${name}.queue`]: metadataFile('Queue', [
      '<doesSendEmailToMembers>false</doesSendEmailToMembers>',
      `<name>${name.replaceAll('_', ' ')}</name>`,
      ...(members.length === 0 ? [] : [`<queueMembers><users>${users}</users></queueMembers>`]),
      ...objects.map((object) => `<queueSobject><sobjectType>${object}</sobjectType></queueSobject>`),
    ]),
  };
}

export function keyFile(name: string, jwk: string, isActive = true): PackageFiles {
  return {
    [`PublicKeyCertificate/${name}.PublicKeyCertificate`]: metadataFile('PublicKeyCertificate', [
      `<isActive>${isActive}</isActive>`,
      `<jsonWebKey>${jwk.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</jsonWebKey>`,
      `<masterLabel>${name}</masterLabel>`,
    ]),
  };
}

export function keysetFile(name: string, keys: readonly string[], issuer: string): PackageFiles {
  return {
    [`PublicKeyCertificateSet/${name}.PublicKeyCertificateSet`]: metadataFile('PublicKeyCertificateSet', [
      `<jwtIssuer>${issuer}</jwtIssuer>`,
      `<masterLabel>${name}</masterLabel>`,
      ...keys.map(
        (key) =>
          `<publicKeyCertificateSetKeys><publicKeyCertificate>${key}</publicKeyCertificate></publicKeyCertificateSetKeys>`,
      ),
      '<type>JWKS</type>',
    ]),
  };
}

export interface ChannelOptions {
  readonly authMode: 'Auth' | 'UnAuth';
  /** Undefined: no authorization. */
  readonly keyset?: string | undefined;
  readonly parameters: readonly ParameterOptions[];
  readonly handler: 'Flow' | 'Queue';
  readonly queue: string;
  /** Lines at the top of `embeddedConfig`, and of the channel. */
  readonly config?: readonly string[];
  readonly more?: readonly string[];
}

export function channelFile(name: string, options: ChannelOptions): PackageFiles {
  const { authMode, keyset, config = [], more = [], handler, queue } = options;
  const authorization =
    '<messagingAuthorizations>' +
    `<authIdentifier>${keyset ?? ''}</authIdentifier><authorizationType>PublicKeyCertificateSet</authorizationType>` +
    `<enabled>true</enabled><publicKeyCertificateSetName>${keyset ?? ''}</publicKeyCertificateSetName></messagingAuthorizations>`;
  return {
    [`messagingChannels/${name}.messagingChannel`]: metadataFile('MessagingChannel', [
      ...options.parameters.map(parameterElement),
      `<embeddedConfig>${config.join('')}<authMode>${authMode}</authMode>${keyset === undefined ? '' : authorization}</embeddedConfig>`,
      ...more,
      `<masterLabel>${name}</masterLabel>`,
      '<messagingChannelType>EmbeddedMessaging</messagingChannelType>',
      ...(handler === 'Flow' ? [`<sessionHandlerFlow>${flowName}</sessionHandlerFlow>`] : []),
      `<sessionHandlerQueue>${queue}</sessionHandlerQueue>`,
      `<sessionHandlerType>${handler}</sessionHandlerType>`,
    ]),
  };
}

function parameterElement(parameter: ParameterOptions): string {
  const { name, externalName = name, dataType = 'String', maxLength, flowVariable = name } = parameter;
  const mapping = `<actionParameterMappings><actionParameterName>${flowVariable ?? ''}</actionParameterName></actionParameterMappings>`;
  return (
    `<customParameters>${flowVariable === null ? '' : mapping}<externalParameterName>${externalName}</externalParameterName>` +
    `<masterLabel>${name}</masterLabel>${maxLength === undefined ? '' : `<maxLength>${maxLength}</maxLength>`}` +
    `<name>${name}</name><parameterDataType>${dataType}</parameterDataType></customParameters>`
  );
}

export function deploymentFile(name: string, channel: string, deploymentType = 'API', isEnabled = true): PackageFiles {
  const shown = ['AgentforceTagline', 'DeliveryReceipts', 'EmojiSelection', 'ReadReceipts', 'TypingIndicators'].map(
    (what) => `<shouldShow${what}>false</shouldShow${what}>`,
  );
  return {
    [`EmbeddedServiceConfig/${name}.EmbeddedServiceConfig`]: metadataFile('EmbeddedServiceConfig', [
      '<deploymentFeature>EmbeddedMessaging</deploymentFeature>',
      `<deploymentType>${deploymentType}</deploymentType>`,
      `<embeddedServiceMessagingChannel><isEnabled>true</isEnabled><messagingChannel>${channel}</messagingChannel>` +
        `${shown.join('')}<shouldStartNewLineOnEnter>false</shouldStartNewLineOnEnter></embeddedServiceMessagingChannel>`,
      `<isEnabled>${isEnabled}</isEnabled>`,
      `<masterLabel>${name}</masterLabel>`,
    ]),
  };
}

/** The field in which the flow keeps the OpenCX session, and the permission set that shows it. */
export const sessionFieldFiles: PackageFiles = {
  'objects/MessagingSession.object': metadataFile('CustomObject', [
    '<fields><fullName>OpencxSessionId__c</fullName><label>OpenCX Session</label><length>36</length><required>false</required><type>Text</type></fields>',
  ]),
  [`permissionsets/${permissionSetName}.permissionset`]: metadataFile('PermissionSet', [
    '<fieldPermissions><editable>true</editable><field>MessagingSession.OpencxSessionId__c</field><readable>true</readable></fieldPermissions>',
    '<label>OpenCX Messaging Fields</label>',
  ]),
};
