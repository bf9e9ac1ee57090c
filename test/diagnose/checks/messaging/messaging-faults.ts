import { idOf, deployFiles, updateMetadata } from '../plant.ts';
import { answerQuery, type Afterwards, type Fault, type Stage } from '../fault-table.ts';
import {
  deploymentFile,
  keyFile,
  keysetFile,
  openCxParameters,
  queueName,
} from '../../../local-org/messaging/messaging-files.ts';
import { newKey, publishDeployment } from '../../../local-org/messaging/messaging-package.ts';
import {
  flowElement,
  getQueue,
  reference,
  routeWork,
  routingFlow,
  updateSession,
  variable,
} from '../../../local-org/messaging/routing-flow.ts';
import { keyFiles } from '../../../../src/messaging/keys/key-folder.ts';
import { apiNameOf } from '../../../../src/messaging/keys/key-names.ts';
import { changeChannel, changeParameter } from './change-channel.ts';
import { issuer, strangeCustomer, verifiedCustomer } from './healthy-messaging.ts';

const hourMs = 3_600_000;

/** The configuration, with other values for Live Messaging. */
function configured({ config }: Stage, messaging: object): Afterwards {
  return { config: { ...config, messaging: { ...config.messaging, ...messaging } } };
}

/** A second deployment on the same channel, which the configuration names from then on. */
async function secondDeployment(stage: Stage, type: string, publish: boolean): Promise<Afterwards> {
  const { org } = stage;
  const name = 'Second';
  await deployFiles(org, deploymentFile(name, 'OpenCX', type), 'EmbeddedServiceConfig', name);
  const id = await idOf(org, `SELECT Id FROM EmbeddedServiceConfig WHERE DeveloperName = '${name}'`, true);
  if (publish) await publishDeployment({ url: org.url, token: org.issueAccessToken() }, id);
  return configured(stage, { deployment: name });
}

/** A key as the key folder holds it, in the place of the one that is registered. */
async function anotherLocalKey({ healthy }: Stage, kid?: string): Promise<Afterwards> {
  const { jwk } = await newKey();
  const key = { ...jwk, kid: kid ?? jwk.kid };
  const keys = [{ name: apiNameOf(key.kid), kid: key.kid, jsonWebKey: JSON.stringify(key) }];
  return { localKeys: { folder: healthy.folder, issuer, keys } };
}

/** Another key in the keyset, here and there, whose certificate lasts so many days. */
async function keyOfDays({ org, healthy }: Stage, days: number): Promise<Afterwards> {
  const { jwk, files } = await newKey(Date.now(), days);
  const name = apiNameOf(jwk.kid);
  const jsonWebKey = files.get(keyFiles.jwk) ?? '';
  await deployFiles(org, keyFile(name, jsonWebKey), 'PublicKeyCertificate', name);
  await deployFiles(org, keysetFile('OpenCX_Keyset', [name], issuer), 'PublicKeyCertificateSet', 'OpenCX_Keyset');
  return { localKeys: { folder: healthy.folder, issuer, keys: [{ name, kid: jwk.kid, jsonWebKey }] } };
}

/** The flow of the channel in a version that somebody else made. */
async function otherFlow(
  { org }: Stage,
  first: string,
  elements: readonly string[],
  variables = inputs,
): Promise<void> {
  const files = routingFlow(first, elements, { variables });
  await deployFiles(org, files, 'Flow', 'OpenCX_Messaging_Routing');
}

const inputs = openCxParameters.map(({ name }) => variable(name));
const keep = updateSession('Keep_Session', 'OpencxSessionId__c', reference('OpencxSessionId'), 'Get_Queue');
const find = getQueue('Get_Queue', queueName, 'Route');
const route = routeWork('Route', reference('Get_Queue.Id'));

/** What FlowDefinitionView says of the flow, in other words. */
async function flowView({ control }: Stage, values: object): Promise<void> {
  const row = { ApiName: 'OpenCX_Messaging_Routing', ProcessType: 'RoutingFlow', ActiveVersionId: null, ...values };
  await answerQuery(control, 'FROM FlowDefinitionView WHERE ApiName', [row]);
}

/** A contact whom nobody answers. @returns the id of the session */
async function waitingSession({ org, control, healthy }: Stage): Promise<string> {
  await control('POST', 'messaging/agents', { username: 'rep@example.com', online: false });
  const customer = await verifiedCustomer(org, healthy.folder);
  await customer.begin();
  await customer.say('Is anybody there?');
  return await idOf(org, "SELECT Id FROM MessagingSession WHERE Status = 'Waiting'");
}

/** The local org takes a token that does not fit for nobody's, as Salesforce was seen to. */
async function anonymousSession({ org, control }: Stage): Promise<void> {
  await control('POST', 'messaging/agents', { username: 'rep@example.com', online: false });
  await control('PATCH', 'messaging/settings', { invalidIdentity: 'anonymous' });
  await (await strangeCustomer(org)).begin();
}

export const messagingFaults: readonly Fault[] = [
  {
    check: 'messaging.deployment',
    what: 'its name was written with other capitals',
    verdict: 'fail',
    says: /The deployment is called OpenCX; OPENCX differs in capitals/,
    plant: async (stage) => configured(stage, { deployment: 'OPENCX' }),
  },
  {
    check: 'messaging.deployment',
    what: 'there is none of that name',
    verdict: 'fail',
    says: /no Embedded Service Deployment OpenCY for messaging\.\nIt has OpenCX\.\nWas OpenCX meant\?/,
    plant: async (stage) => configured(stage, { deployment: 'OpenCY' }),
  },
  {
    check: 'messaging.deployment-type',
    what: 'it is a deployment for a web page',
    verdict: 'fail',
    says: /The deployment Second is of the type Web/,
    plant: (stage) => secondDeployment(stage, 'Web', true),
  },
  {
    check: 'messaging.published',
    what: 'the deployment was never published',
    verdict: 'warn',
    says: /knows no published deployment Second of this org/,
    plant: (stage) => secondDeployment(stage, 'API', false),
  },
  {
    check: 'messaging.published',
    what: 'nothing answers at the host',
    verdict: 'warn',
    says: /127\.0\.0\.1:9 does not say whether it knows the deployment/,
    plant: async (stage) => configured(stage, { scrtUrl: 'http://127.0.0.1:9' }),
  },
  {
    check: 'messaging.channel',
    what: 'the channel was switched off',
    verdict: 'fail',
    says: /The channel OpenCX is not active/,
    plant: async ({ org, admin }) => {
      const id = await idOf(org, "SELECT Id FROM MessagingChannel WHERE DeveloperName = 'OpenCX'");
      await admin.update('MessagingChannel', id, { IsActive: false });
    },
  },
  {
    check: 'messaging.auth-mode',
    what: 'user verification was taken away',
    verdict: 'fail',
    says: /its authMode is UnAuth, not Auth; no keyset is enabled/,
    plant: ({ org }) => changeChannel(org, () => ({ embeddedConfig: { authMode: 'UnAuth' } })),
  },
  {
    check: 'messaging.keyset',
    what: 'OpenCX signs as somebody else',
    verdict: 'fail',
    says: /The issuer of OpenCX_Keyset is https:\/\/opencx\.example\.com; tokens are signed as open\.cx/,
    plant: async (stage) => configured(stage, { issuer: 'open.cx' }),
  },
  {
    check: 'messaging.key',
    what: 'the key was made inactive',
    verdict: 'fail',
    says: /No key of OpenCX_Keyset is active/,
    plant: async ({ org, healthy }) => {
      const [key] = healthy.localKeys?.keys ?? [];
      const values = { fullName: key?.name, masterLabel: key?.kid, jsonWebKey: key?.jsonWebKey, isActive: false };
      await updateMetadata(org, 'PublicKeyCertificate', values);
    },
  },
  {
    check: 'messaging.key',
    what: 'a new key was made and never registered',
    verdict: 'fail',
    says: /The key opencx-\d+-\w+ of this machine is not among the active ones \(opencx-/,
    plant: (stage) => anotherLocalKey(stage),
  },
  {
    check: 'messaging.key',
    what: 'the pair was made anew under the old key id',
    verdict: 'fail',
    says: /is another key in the org than on this machine/,
    plant: (stage) => anotherLocalKey(stage, stage.healthy.localKeys?.keys[0]?.kid),
  },
  {
    check: 'messaging.key',
    what: 'the certificate ends in three weeks',
    verdict: 'warn',
    says: /The certificate of opencx-\S+ ends in 2[01] days/,
    plant: (stage) => keyOfDays(stage, 21),
  },
  {
    check: 'messaging.parameters',
    what: 'one of them was never made',
    verdict: 'fail',
    says: /Priority does not come through as sent\.\nPriority: the channel has no such parameter/,
    plant: ({ org }) =>
      changeChannel(org, ({ customParameters }) => ({
        customParameters: customParameters.filter(({ name }) => name !== 'Priority'),
      })),
  },
  {
    check: 'messaging.parameters',
    what: 'a Channel Variable Name has other capitals',
    verdict: 'fail',
    says: /Chat_language: the parameter Chat_language has the Channel Variable Name chat_Language/,
    plant: ({ org }) => changeParameter(org, 'Chat_language', { externalParameterName: 'chat_Language' }),
  },
  {
    check: 'messaging.parameters',
    what: 'the session is cut short',
    verdict: 'fail',
    says: /OpencxSessionId: the parameter takes 20 characters; a session has 36/,
    plant: ({ org }) => changeParameter(org, 'OpencxSessionId', { maxLength: 20 }),
  },
  {
    check: 'messaging.parameters',
    what: 'one is of another type',
    verdict: 'fail',
    says: /Priority: the parameter is of the type Number, not Text/,
    plant: ({ org }) => changeParameter(org, 'Priority', { parameterDataType: 'Number', maxLength: undefined }),
  },
  {
    check: 'messaging.parameters',
    what: 'one is mapped to nothing',
    verdict: 'fail',
    says: /Origin: it is mapped to no variable of the flow/,
    plant: ({ org }) => changeParameter(org, 'Origin', { actionParameterMappings: [] }),
  },
  {
    check: 'messaging.parameters',
    what: 'the API name of one differs from its Channel Variable Name',
    verdict: 'warn',
    says: /Priority: the parameter is called OpenCX_Priority; give both names alike/,
    plant: ({ org }) => changeParameter(org, 'Priority', { name: 'OpenCX_Priority' }),
  },
  {
    check: 'messaging.flow',
    what: 'no version is active any more',
    verdict: 'fail',
    says: /No version of the flow OpenCX_Messaging_Routing is active/,
    plant: (stage) => flowView(stage, {}),
  },
  {
    check: 'messaging.flow',
    what: 'it is no Omni-Channel flow',
    verdict: 'fail',
    says: /is no Omni-Channel flow: its type is AutoLaunchedFlow/,
    plant: (stage) => flowView(stage, { ProcessType: 'AutoLaunchedFlow' }),
  },
  {
    check: 'messaging.flow',
    what: 'somebody saved a version without a variable',
    verdict: 'fail',
    says: /Chat_language: there is no variable Chat_language/,
    plant: (stage) => otherFlow(stage, 'Keep_Session', [keep, find, route], inputs.slice(0, 4)),
  },
  {
    check: 'messaging.flow',
    what: 'a variable is not available for input',
    verdict: 'fail',
    says: /Chat_language: the variable Chat_language is not available for input/,
    plant: (stage) =>
      otherFlow(
        stage,
        'Keep_Session',
        [keep, find, route],
        [...inputs.slice(0, 4), variable('Chat_language', 'String', false)],
      ),
  },
  {
    check: 'messaging.flow',
    what: 'it routes to nobody',
    verdict: 'fail',
    says: /has no Route Work element/,
    plant: (stage) =>
      otherFlow(stage, 'Keep_Session', [
        updateSession('Keep_Session', 'OpencxSessionId__c', reference('OpencxSessionId'), 'Get_Queue'),
        flowElement('recordLookups', 'Get_Queue', '<object>Group</object>'),
      ]),
  },
  {
    check: 'messaging.flow',
    what: 'it makes nothing of the attributes',
    verdict: 'warn',
    says: /takes the routing attributes in, and makes nothing of them/,
    plant: (stage) => otherFlow(stage, 'Get_Queue', [find, route]),
  },
  {
    check: 'messaging.flow',
    what: 'the channel routes to a queue',
    verdict: 'warn',
    says: /routes to the queue OpenCX_Messaging; no flow reads the routing attributes/,
    plant: ({ org }) =>
      changeChannel(org, () => ({
        sessionHandlerType: 'Queue',
        sessionHandlerFlow: undefined,
        sessionHandlerQueue: queueName,
      })),
  },
  {
    check: 'messaging.queue',
    what: 'the last member left the queue',
    verdict: 'fail',
    says: /The queue OpenCX_Messaging has no active members/,
    plant: async ({ org, admin }) => {
      const id = await idOf(org, "SELECT Id FROM GroupMember WHERE Group.DeveloperName = 'OpenCX_Messaging'");
      await admin.call('DELETE', `/services/data/v66.0/sobjects/GroupMember/${id}`);
    },
  },
  {
    check: 'messaging.queue',
    what: 'the queue takes no messaging sessions',
    verdict: 'fail',
    says: /The queue OpenCX_Messaging takes no messaging sessions/,
    plant: ({ control }) => answerQuery(control, "FROM QueueSobject WHERE SobjectType = 'MessagingSession'", []),
  },
  {
    check: 'messaging.queue',
    what: 'Omni-Channel was never switched on',
    verdict: 'fail',
    says: /no service channel sfdc_livemessage/,
    plant: ({ control }) => answerQuery(control, 'FROM ServiceChannel', []),
  },
  {
    check: 'messaging.verified-users',
    what: 'tokens do not fit, and contacts become anonymous',
    verdict: 'fail',
    says: /1 of 2 conversations came from an anonymous user, though the channel verifies users\.\nMessagingSession 0Mw/,
    plant: (stage) => anonymousSession(stage),
  },
  {
    check: 'messaging.verified-users',
    what: 'that was so until it was mended',
    verdict: 'warn',
    says: /1 of 3 conversations came from an anonymous user/,
    plant: async (stage) => {
      await anonymousSession(stage);
      const { org, control } = stage;
      const id = await idOf(org, "SELECT Id FROM MessagingSession WHERE Status = 'Waiting'");
      await control('PATCH', `records/MessagingSession/${id}`, {
        CreatedDate: new Date(Date.now() - hourMs / 4).toISOString(),
      });
      await (await verifiedCustomer(org, stage.healthy.folder)).begin();
    },
  },
  {
    check: 'messaging.recent',
    what: 'a conversation has waited for an hour',
    verdict: 'warn',
    says: /Of 2 conversations in three days, 1 wait for more than half an hour\.\nMessagingSession 0Mw/,
    plant: async (stage) => {
      const since = new Date(Date.now() - hourMs).toISOString();
      await stage.control('PATCH', `records/MessagingSession/${await waitingSession(stage)}`, {
        CreatedDate: since,
        LastModifiedDate: since,
      });
    },
  },
  {
    check: 'messaging.recent',
    what: 'a conversation failed',
    verdict: 'warn',
    says: /1 failed \(status Error\)/,
    plant: async (stage) => {
      await stage.control('PATCH', `records/MessagingSession/${await waitingSession(stage)}`, { Status: 'Error' });
    },
  },
  {
    check: 'messaging.recent',
    what: 'a contact gave up after an hour',
    verdict: 'warn',
    says: /1 ended without a representative/,
    plant: async (stage) => {
      await stage.control('PATCH', `records/MessagingSession/${await waitingSession(stage)}`, {
        CreatedDate: new Date(Date.now() - hourMs).toISOString(),
        EndTime: new Date().toISOString(),
        Status: 'Ended',
      });
    },
  },
];
