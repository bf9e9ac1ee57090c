import type { Check } from '../../check.ts';
import type { CheckContext } from '../../check-context.ts';
import { fail, pass, type Verdict } from '../../finding.ts';
import { nearest } from '../../nearest.ts';
import { deployments, type DeploymentRow } from '../../readings/messaging/deployments.ts';
import { inSetup } from '../../setup-page.ts';
import { noMessaging } from './applies.ts';

const page = 'EmbeddedServiceDeployments/home';
const feature = 'EmbeddedMessaging';

export const deployment: Check = {
  id: 'messaging.deployment',
  title: 'The org has the deployment that OpenCX names, and it is switched on',
  group: 'messaging',
  why: '“Conversation created but no messages appear”: the ES Developer Name is compared letter by letter, capitals too.',
  mending:
    'Copy the API name from Setup → Embedded Service Deployments into OpenCX and into messaging.deployment; opencx-sf messaging register --create-deployment makes one.',
  requires: ['org.permissions'],
  reads: [deployments],
  fix: ['messaging'],
  appliesTo: noMessaging,
  run: async (context) => {
    const { deployment: name } = context.config.messaging;
    const all = await context.read(deployments);
    const found = all.find(({ developerName }) => developerName === name);
    if (found === undefined) return notThere(context, all);
    if (found.feature !== feature) {
      return fail(`The deployment ${name} is for ${found.feature}, not for messaging.`, {
        data: { ...found },
        remedy: [inSetup(context, page, 'Name a deployment of Enhanced Chat (Custom Client), or make one.')],
        byHand: true,
      });
    }
    if (!found.isEnabled) {
      return fail(`The deployment ${name} is switched off.`, {
        data: { ...found },
        remedy: [inSetup(context, page, 'Switch the deployment on.')],
        byHand: true,
      });
    }
    return pass(name, { data: { ...found } });
  },
};

function notThere(context: CheckContext, all: readonly DeploymentRow[]): Verdict {
  const { deployment: name, createDeployment } = context.config.messaging;
  const names = all.filter((one) => one.feature === feature).map(({ developerName }) => developerName);
  const sameLetters = names.find((one) => one.toLowerCase() === name.toLowerCase());
  const data = { deployments: names };
  if (sameLetters !== undefined) {
    return fail(`The deployment is called ${sameLetters}; ${name} differs in capitals, which count.`, {
      data,
      remedy: [
        {
          text: `Set messaging.deployment to ${sameLetters}, and the field ES Developer Name of the MIAW tab of OpenCX`,
        },
        inSetup(context, page, 'Copy the API name of the deployment.'),
      ],
      byHand: true,
    });
  }
  return fail(`The org has no Embedded Service Deployment ${name} for messaging.`, {
    data,
    evidence: [
      names.length === 0 ? 'It has none for messaging.' : `It has ${names.join(', ')}.`,
      ...nearest(name, names).map((near) => `Was ${near} meant?`),
    ],
    remedy: [
      { text: 'Let opencx-sf make it', command: 'opencx-sf messaging register --create-deployment' },
      inSetup(context, page, 'Or copy the API name of one that is there, or make one: Enhanced Chat, Custom Client.'),
    ],
    ...(createDeployment ? {} : { byHand: true as const }),
  });
}

export const deploymentType: Check = {
  id: 'messaging.deployment-type',
  title: 'The deployment is of the type API (Custom Client)',
  group: 'messaging',
  why: '“Handoff fails with access token error”: the Enhanced Chat API that OpenCX speaks gives tokens for Custom Client deployments alone.',
  mending:
    'Make a deployment of the type Custom Client in Setup → Embedded Service Deployments, and name it in OpenCX.',
  requires: ['messaging.deployment'],
  reads: [deployments],
  appliesTo: noMessaging,
  run: async (context) => {
    const { deployment: name } = context.config.messaging;
    const type = (await context.read(deployments)).find(({ developerName }) => developerName === name)?.type ?? '';
    if (type.toUpperCase() === 'API') return pass(type, { data: { type } });
    return fail(`The deployment ${name} is of the type ${type === '' ? 'unknown' : type}.`, {
      data: { type },
      remedy: [
        inSetup(
          context,
          page,
          'Make a deployment of the type Custom Client on the same channel, and name it in OpenCX.',
        ),
      ],
    });
  },
};
