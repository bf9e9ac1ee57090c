import { oldestMessagingVersion } from '../../../messaging/api-versions.ts';
import { setupUrl } from '../../../org/setup-url.ts';
import { carriesMarker, elementsOf, textOf } from '../../../messaging/channel/channel-values.ts';
import { componentValues } from '../../wish/own-messaging.ts';
import { consentFor } from './channel-consent.ts';
import type { MessagingContext } from './messaging-context.ts';

/** What must be given or done before anything of Live Messaging is written, each with what to do. */
export function messagingBlockers(context: MessagingContext): string[] {
  const org = orgBlockers(context);
  if (org.length > 0) return org;
  return [
    ...inputBlockers(context),
    ...deploymentBlockers(context),
    ...channelBlockers(context),
    ...keysetBlockers(context),
    ...flowBlockers(context),
    ...queueBlockers(context),
  ];
}

function orgBlockers({ facts, messaging }: MessagingContext): string[] {
  if (Number(facts.maxApiVersion) < oldestMessagingVersion)
    return [
      `The org's highest API version is ${facts.maxApiVersion}; Live Messaging needs ${oldestMessagingVersion}.0.`,
    ];
  if (!messaging.deployments.known) {
    const url = setupUrl(facts.identity.instanceUrl, 'LiveMessageSetup/home');
    return [
      `The org shows no Embedded Service Deployments (${messaging.deployments.why}): switch Messaging for In-App and Web on in Setup → Messaging Settings (${url}).`,
    ];
  }
  if (!facts.soap) {
    return [
      'This token (JWT format) cannot read a messaging channel, and what cannot be read is not changed. Log in by the Salesforce CLI, or take the steps of opencx-sf messaging register --print.',
    ];
  }
  return [];
}

function inputBlockers({ settings, wishes }: MessagingContext): string[] {
  return [
    ...(wishes.messaging.keys.length === 0
      ? ['There is no key to register: opencx-sf messaging keys generate makes one; --keys names another folder.']
      : []),
    ...(settings.issuer === undefined
      ? [
          'The issuer is open: the keyset must name what OpenCX puts into "iss" of its tokens, and the OpenCX page does not say it. Ask OpenCX, then give --issuer or messaging.issuer.',
        ]
      : []),
  ];
}

function deploymentBlockers({ facts, settings, deployments, deployment }: MessagingContext): string[] {
  const { deployment: name } = settings;
  const url = setupUrl(facts.identity.instanceUrl, 'EmbeddedServiceDeployments/home');
  if (deployment === undefined) {
    if (settings.createDeployment) return namesakeBlockers(name, deployments);
    const names = deployments.map(({ developerName }) => developerName);
    const there =
      names.length === 0 ? 'none for messaging' : `${names.join(', ')} (names are compared letter by letter)`;
    return [
      `The org has no Embedded Service Deployment ${name}; it has ${there}. OpenCX connects to one that exists: name it by --es-developer-name, make it in Setup (${url}), or let --create-deployment make it.`,
    ];
  }
  if (deployment.type.toUpperCase() !== 'API') {
    return [
      `The deployment ${name} is of type ${deployment.type}; OpenCX speaks the API of a Custom Client and needs one of type API. Name another by --es-developer-name, or make one in Setup (${url}): Enhanced Chat, Custom Client.`,
    ];
  }
  if (!deployment.isEnabled) return [`The deployment ${name} is switched off; switch it on in Setup (${url}).`];
  if (deployment.channel === undefined) return [`The deployment ${name} stands on no messaging channel.`];
  return [];
}

/** A deployment would go over the one that is there: Salesforce compares names of metadata without case, OpenCX with it. */
function namesakeBlockers(name: string, deployments: MessagingContext['deployments']): string[] {
  const namesake = deployments.find(({ developerName }) => developerName.toLowerCase() === name.toLowerCase());
  if (namesake === undefined) return [];
  return [
    `The org has the deployment ${namesake.developerName}; ${name} differs in capitals alone, which count for OpenCX and make no other deployment in Salesforce. Give --es-developer-name ${namesake.developerName}, or another name.`,
  ];
}

function channelBlockers(context: MessagingContext): string[] {
  const { settings, deployment, channel } = context;
  if (channel === undefined) {
    // Its deployment names it, so it is there; somebody may not see it.
    return deployment?.channel === undefined
      ? []
      : [`The channel ${settings.channel}, which the deployment stands on, cannot be read.`];
  }
  const type = textOf(channel, 'messagingChannelType');
  if (type !== 'EmbeddedMessaging')
    return [`The channel ${settings.channel} is of type ${type}, not EmbeddedMessaging.`];
  const consent = consentFor(context);
  if (consent === undefined) return [];
  return [
    `The channel ${consent.channel} has other users: ${consent.reasons.join('; ')}. --allow-channel ${consent.channel} agrees to it.`,
  ];
}

/** A keyset of somebody else is not made another one; one that says all of it already was registered by hand. */
function keysetBlockers({ facts, settings, wishes }: MessagingContext): string[] {
  const values = componentValues(facts, 'PublicKeyCertificateSet', settings.keyset);
  if (values === undefined || carriesMarker(values)) return [];
  const named = new Set(
    elementsOf(values, 'publicKeyCertificateSetKeys').map((key) => textOf(key, 'publicKeyCertificate')),
  );
  const holds =
    textOf(values, 'jwtIssuer') === settings.issuer && wishes.messaging.keys.every(({ name }) => named.has(name));
  if (holds) return [];
  return [
    `The keyset ${settings.keyset} was not made by opencx-sf and says something else; choose another name by messaging.keyset.`,
  ];
}

/** A new channel is routed by a flow that is known to read what the channel passes on. */
function flowBlockers({ settings, channel, messaging, flowIsOurs }: MessagingContext): string[] {
  if (channel !== undefined || messaging.flow === undefined || flowIsOurs) return [];
  return [
    `The flow ${settings.flow} is there and was not made by opencx-sf; choose another name by messaging.flow, or make the channel with it in Setup.`,
  ];
}

function queueBlockers({ settings, messaging, wish }: MessagingContext): string[] {
  const unknown = messaging.unknownMembers.map(
    (name) => `messaging.queueMembers names ${name}, who is no active user of the org.`,
  );
  const routes = wish.parts['messaging-routing'].components.length > 0;
  if (!routes || messaging.queue === undefined || messaging.queue.takesSessions) return unknown;
  return [
    ...unknown,
    `The queue ${settings.queue} takes no messaging sessions; add the object in Setup → Queues, or choose another by messaging.queue.`,
  ];
}
