import { channelParameters } from '../../../../blueprint/messaging/channel-parameters.ts';
import type { VerificationKey } from '../../../../blueprint/messaging/render-verification-keys.ts';
import type { MessagingSettings } from '../../../../config/messaging-settings.ts';
import { setupUrl } from '../../../org/setup-url.ts';
import type { ManualTask } from '../../plan/setup-plan.ts';

/** What the way by hand is told with. */
export interface ByHand {
  settings: MessagingSettings;
  /** The newest first. */
  keys: readonly VerificationKey[];
  /** Folder of the keys. */
  folder: string;
  /** e.g. `https://acme.my.salesforce.com` */
  instanceUrl: string;
}

/**
 * All of Live Messaging as a person does it in Setup, in the order in which the platform takes it. The pages are reached by Quick
 * Find too, whose words stand in each step, as addresses of Setup are no contract.
 */
export function messagingByHand(given: ByHand): ManualTask[] {
  return [
    keyTask(given),
    keysetTask(given),
    channelTask(given),
    parameterTask(given),
    flowTask(given),
    publishTask(given),
  ];
}

function keyTask({ keys, folder, instanceUrl }: ByHand): ManualTask {
  const [newest] = keys;
  return {
    id: 'key',
    title: 'Upload the public key',
    steps:
      newest === undefined
        ? ['Make one first: opencx-sf messaging keys generate']
        : [
            'Setup → Enhanced Chat User Verification → New Key.',
            `Name: ${newest.kid}. Active: yes. Key file: ${folder}/jwk.json (a JWK; the PEM of the OpenCX page is not taken).`,
          ],
    url: verificationPage(instanceUrl),
    seenBy: 'the key is in the list, active',
  };
}

function keysetTask({ settings, keys, instanceUrl }: ByHand): ManualTask {
  const names = keys.map(({ kid }) => kid);
  return {
    id: 'keyset',
    title: 'Make the keyset',
    steps: [
      'Setup → Enhanced Chat User Verification → New Keyset.',
      `Name: ${settings.keyset}. Type: Keys.`,
      `JSON web key issuer: ${settings.issuer ?? 'what OpenCX puts into "iss" of its tokens (ask OpenCX; its page does not say it)'}, letter by letter.`,
      `Keys: ${names.length === 0 ? 'that key' : names.join(', ')}.`,
    ],
    url: verificationPage(instanceUrl),
    seenBy: 'the keyset names issuer and keys',
  };
}

function verificationPage(instanceUrl: string): string {
  return setupUrl(instanceUrl, 'Authorization/home');
}

function channelTask({ settings, instanceUrl }: ByHand): ManualTask {
  return {
    id: 'channel',
    title: 'Let the channel verify its users',
    steps: [
      `Setup → Messaging Settings → the channel of the deployment ${settings.deployment} (${settings.channel}).`,
      'Others who use the channel without user verification are turned away from then on: look at its deployments first.',
      `Add User Verification; keyset ${settings.keyset}. Activate the channel if it is not.`,
    ],
    url: setupUrl(instanceUrl, 'LiveMessageSetup/home'),
    seenBy: 'opencx-sf messaging token gives a subject with /AUTH/',
  };
}

function parameterTask({ settings, instanceUrl }: ByHand): ManualTask {
  return {
    id: 'parameters',
    title: 'Let the channel take the routing attributes',
    steps: [
      'Setup → Messaging Settings → the channel → Custom Parameters → New, for each of these; attributes without one are dropped.',
      ...channelParameters(settings).map(
        ({ name, maxLength }) =>
          `Parameter Name and Channel Variable Name ${name}, Data Type String, Max Length ${maxLength}.`,
      ),
    ],
    url: setupUrl(instanceUrl, 'LiveMessageSetup/home'),
    seenBy: 'the five parameters are in the list',
  };
}

function flowTask({ settings, instanceUrl }: ByHand): ManualTask {
  const names = channelParameters(settings).map(({ name }) => name);
  return {
    id: 'flow',
    title: 'Let the Omni-Channel flow read them',
    steps: [
      `Setup → Flows → the flow of the channel: variables ${names.join(', ')} of type Text, Available for input; activate a new version.`,
      'Setup → Messaging Settings → the channel → Parameter Mappings: each parameter to the variable of its name.',
    ],
    url: setupUrl(instanceUrl, 'Flows/home'),
    seenBy: 'opencx-sf messaging register --dry-run finds nothing to do',
  };
}

function publishTask({ settings, instanceUrl }: ByHand): ManualTask {
  return {
    id: 'publish',
    title: 'Publish the deployment',
    steps: [
      `Setup → Embedded Service Deployments → ${settings.deployment}: it has to be a Custom Client (type API).`,
      'Publish; it takes up to 10 minutes to arrive.',
    ],
    url: setupUrl(instanceUrl, 'EmbeddedServiceDeployments/home'),
    seenBy: 'opencx-sf messaging settings finds the deployment published',
  };
}
