import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { findDeployment } from '../../../src/local-org/messaging/deployment/find-deployment.ts';
import { routeSession } from '../../../src/local-org/messaging/routing/route-session.ts';
import type { RoutingOutcome } from '../../../src/local-org/messaging/routing/routing-outcome.ts';
import { startMetadataOrg } from '../metadata/metadata-org.ts';
import type { MetadataOrg } from '../metadata/metadata-org.ts';
import { apexTrigger, metadataFile } from '../metadata/package-zip.ts';
import type { PackageFiles } from '../metadata/package-zip.ts';
import { control, deployFiles } from '../metadata/settings-org.ts';
import { flowName, queueFile, queueName } from './messaging-files.ts';
import { deployMessaging, newKey } from './messaging-package.ts';
import type { DeployedMessaging, MessagingOptions } from './messaging-package.ts';
import {
  connector,
  flowElement,
  getQueue,
  openCxFlow,
  reference,
  routeWork,
  routingFlow,
  text,
  updateSession,
  variable,
} from './routing-flow.ts';

const key = await newKey();
const openCxSession = '0b0c2c7f-6f0a-4a52-8a0b-2f4c4f0d1e11';
let org: MetadataOrg;
let deployed: DeployedMessaging;
let sessionId: string;

beforeEach(async () => {
  org = await startMetadataOrg();
});
afterEach(async () => {
  await org.close();
});

/** Deploys a set-up and plants a session that waits to be routed. */
async function setUp(options: MessagingOptions = {}): Promise<void> {
  deployed = await deployMessaging(org, { key, ...options });
  const { body } = await control(org, 'POST', 'records/MessagingSession', {
    Status: 'New',
    Origin: 'MessageFromEndUser',
    MessagingChannelId: deployed.channelId,
  });
  sessionId = body['id'] as string;
}

function route(attributes: Record<string, string> = {}): RoutingOutcome {
  const deployment = findDeployment(org.state, 'OpenCX');
  if (deployment === undefined) throw new Error('There is no deployment.');
  return routeSession(org.state, { deployment, sessionId, attributes });
}

const session = async (): Promise<Record<string, unknown>> => {
  const { body } = await org.rest('GET', `/sobjects/MessagingSession/${sessionId}`);
  return body as Record<string, unknown>;
};

/** A flow of elements of one's own, in place of OpenCX's. */
const withFlow = (first: string, elements: string[], variables?: string[]): MessagingOptions => ({
  flow: routingFlow(first, elements, variables === undefined ? {} : { variables }),
});
const toQueue = [getQueue('Get_Queue', queueName, 'Route'), routeWork('Route', reference('Get_Queue.Id'))];

describe('a session is routed', () => {
  it('by the flow of its channel, which keeps the OpenCX session', async () => {
    await setUp();
    expect(route({ OpencxSessionId: openCxSession, Origin: 'MIABOT' })).toEqual({
      queueId: deployed.queueId,
      usedFallback: false,
    });
    expect(await session()).toMatchObject({ OpencxSessionId__c: openCxSession });
  });

  it('by the queue of its channel, if there is no flow', async () => {
    await setUp({ withFlow: false });
    expect(route()).toEqual({ queueId: deployed.queueId, usedFallback: false });
  });

  it('by the active version of the flow, not by a later draft', async () => {
    await setUp();
    await deployFiles(org, { Flow: [flowName] }, openCxFlow('OpenCX_Fallback', 'Draft'));
    expect(route()).toMatchObject({ queueId: deployed.queueId, usedFallback: false });
    await deployFiles(org, { Flow: [flowName] }, openCxFlow('OpenCX_Fallback'));
    expect(route()).toMatchObject({ queueId: deployed.fallbackQueueId, usedFallback: false });
  });

  it('with triggers that see what the flow writes', async () => {
    await setUp();
    const body =
      'trigger Watch on MessagingSession (before update) { for (MessagingSession one : Trigger.new) ' +
      "{ if (one.OpencxSessionId__c == 'bad') one.addError('No bad sessions'); } }";
    const { problems } = await deployFiles(org, { ApexTrigger: ['Watch'] }, apexTrigger('Watch', body));
    expect(problems).toEqual([]);
    // Apex is compiled before a request that may save is looked at; routing begins below all requests here.
    await org.rest('POST', '/sobjects/Case', { Subject: 'One' });
    expect(route({ OpencxSessionId: 'bad' })).toMatchObject({
      usedFallback: true,
      flowProblem: 'Keep_Session: FIELD_CUSTOM_VALIDATION_EXCEPTION: No bad sessions',
    });
  });
});

describe('routing attributes', () => {
  it.each([
    ['of another spelling', { opencxsessionid: openCxSession }],
    ['nobody knows', { Session: openCxSession }],
    ['longer than their parameter', { OpencxSessionId: `${openCxSession}0` }],
  ])('%s are dropped without a word', async (_what, attributes) => {
    await setUp();
    expect(route(attributes)).toMatchObject({ usedFallback: false });
    expect(await session()).toMatchObject({ OpencxSessionId__c: null });
  });

  it('go by the Channel Variable Name to the variable that they are mapped to', async () => {
    const parameters = [
      { name: 'Session', externalName: 'session_id', maxLength: 36, flowVariable: 'OpencxSessionId' },
    ];
    await setUp({ parameters });
    route({ session_id: openCxSession, Session: 'other', OpencxSessionId: 'other' });
    expect(await session()).toMatchObject({ OpencxSessionId__c: openCxSession });
  });

  it('go nowhere without a mapping', async () => {
    await setUp({ parameters: [{ name: 'OpencxSessionId', maxLength: 36, flowVariable: null }] });
    route({ OpencxSessionId: openCxSession });
    expect(await session()).toMatchObject({ OpencxSessionId__c: null });
  });

  it('that are numbers and flags decide in a flow', async () => {
    const rule = (name: string, left: string, operator: string, right: string, to: string): string =>
      `<rules><name>${name}</name><conditionLogic>and</conditionLogic><conditions><leftValueReference>${left}</leftValueReference>` +
      `<operator>${operator}</operator><rightValue>${right}</rightValue></conditions>${connector(to)}<label>${name}</label></rules>`;
    const decision = flowElement(
      'decisions',
      'Which',
      connector('Get_Fallback', 'defaultConnector'),
      '<defaultConnectorLabel>Other</defaultConnectorLabel>',
      rule('Urgent', 'Urgency', 'GreaterThan', '<numberValue>5</numberValue>', 'Get_Queue'),
      rule('Important', 'Vip', 'EqualTo', '<booleanValue>true</booleanValue>', 'Get_Queue'),
    );
    const variables = [variable('Urgency', 'Number', true, '<scale>0</scale>'), variable('Vip', 'Boolean')];
    const elements = [
      decision,
      ...toQueue,
      getQueue('Get_Fallback', 'OpenCX_Fallback', 'Route_Other'),
      routeWork('Route_Other', reference('Get_Fallback.Id')),
    ];
    const parameters = [
      { name: 'Urgency', dataType: 'Number' },
      { name: 'Vip', dataType: 'Boolean' },
    ];
    await setUp({ parameters, ...withFlow('Which', elements, variables) });
    expect(route({ Urgency: '7' })).toMatchObject({ queueId: deployed.queueId });
    expect(route({ Urgency: '5' })).toMatchObject({ queueId: deployed.fallbackQueueId });
    expect(route({ Urgency: 'many', Vip: 'TRUE' })).toMatchObject({ queueId: deployed.queueId });
    expect(route({})).toMatchObject({ queueId: deployed.fallbackQueueId, usedFallback: false });
  });
});

describe('a flow', () => {
  it('reads a session, changes it in a variable, and updates that', async () => {
    const lookup = flowElement(
      'recordLookups',
      'Get_Session',
      '<assignNullValuesIfNoRecordsFound>false</assignNullValuesIfNoRecordsFound>',
      connector('Note'),
      `<filterLogic>and</filterLogic><filters><field>Id</field><operator>EqualTo</operator>${reference('recordId')}</filters>`,
      '<getFirstRecordOnly>true</getFirstRecordOnly><object>MessagingSession</object><outputReference>found</outputReference>',
    );
    const note = flowElement(
      'assignments',
      'Note',
      `<assignmentItems><assignToReference>found.OpencxSessionId__c</assignToReference><operator>Assign</operator>${reference('Origin')}</assignmentItems>`,
      `<assignmentItems><assignToReference>found.OpencxSessionId__c</assignToReference><operator>Add</operator>${text('-1')}</assignmentItems>`,
      connector('Save'),
    );
    const save = flowElement('recordUpdates', 'Save', connector('Get_Queue'), '<inputReference>found</inputReference>');
    const variables = [
      variable('Origin'),
      variable('found', 'SObject', false, '<objectType>MessagingSession</objectType>'),
    ];
    await setUp(withFlow('Get_Session', [lookup, note, save, ...toQueue], variables));
    expect(route({ Origin: 'MIABOT' })).toEqual({ queueId: deployed.queueId, usedFallback: false });
    expect(await session()).toMatchObject({ OpencxSessionId__c: 'MIABOT-1', Status: 'New' });
  });

  it('goes on along its fault path', async () => {
    const [[path, file] = ['', '']] = Object.entries(
      routingFlow('Keep', [updateSession('Keep', 'OpencxSessionId__c', text('x'.repeat(40)), 'Get_Queue'), ...toQueue]),
    );
    const withFault = file.replace(/(<name>Keep<.*?<\/connector>)/, `$1${connector('Get_Queue', 'faultConnector')}`);
    await setUp({ flow: { [path]: withFault } });
    expect(route()).toEqual({ queueId: deployed.queueId, usedFallback: false });
  });

  it.each([
    [
      'finds no queue',
      withFlow('Get_Queue', [getQueue('Get_Queue', 'Nowhere', 'Route'), routeWork('Route', reference('Get_Queue.Id'))]),
      'there is no queue with the id',
    ],
    [
      'routes another record',
      withFlow('Get_Queue', [
        getQueue('Get_Queue', queueName, 'Route'),
        routeWork('Route', reference('Get_Queue.Id'), { recordId: reference('Get_Queue.Id') }),
      ]),
      'recordId is not the messaging session',
    ],
    [
      'routes to an agent',
      withFlow('Route', [routeWork('Route', text('x'), { routingType: text('Agent') })]),
      'LOCAL_ORG_NOT_IMPLEMENTED: flow element routeWork with routingType Agent',
    ],
    [
      'names a service channel of nobody',
      withFlow('Route', [
        routeWork('Route', text('x'), { serviceChannelId: text(''), serviceChannelDevName: text('Nothing') }),
      ]),
      'no such service channel',
    ],
    [
      'runs in circles',
      withFlow('One', [
        flowElement('assignments', 'One', connector('Two')),
        flowElement('assignments', 'Two', connector('One')),
      ]),
      'more than 2000 elements',
    ],
    [
      'asks for what it has not',
      withFlow('Route', [routeWork('Route', reference('nothing'))]),
      'The flow has no resource nothing.',
    ],
    [
      'asks for a global',
      withFlow('Route', [routeWork('Route', reference('$User.Id'))]),
      'LOCAL_ORG_NOT_IMPLEMENTED: flow element reference $User.Id',
    ],
    [
      'has an element that is not run',
      withFlow('Sub', [flowElement('subflows', 'Sub', '<flowName>Other</flowName>')]),
      'LOCAL_ORG_NOT_IMPLEMENTED: flow element subflows Sub',
    ],
    [
      'calls another action',
      withFlow('Call', [
        flowElement('actionCalls', 'Call', '<actionName>chatterPost</actionName><actionType>chatterPost</actionType>'),
      ]),
      'LOCAL_ORG_NOT_IMPLEMENTED: flow element actionCalls Call: chatterPost',
    ],
  ])('that %s leaves the session to the fallback queue', async (_what, options, said) => {
    await setUp(options);
    expect(route()).toEqual({
      queueId: deployed.fallbackQueueId,
      usedFallback: true,
      flowProblem: expect.stringContaining(said) as string,
    });
    expect(await session()).toMatchObject({ OpencxSessionId__c: null });
  });

  it('that ends without routing leaves it to the fallback queue, and what it wrote stays', async () => {
    const elements = [
      updateSession('Keep', 'OpencxSessionId__c', text('kept'), 'Note'),
      flowElement('assignments', 'Note'),
    ];
    await setUp(withFlow('Keep', elements));
    expect(route()).toMatchObject({ flowProblem: expect.stringContaining('ended without routing') as string });
    expect(await session()).toMatchObject({ OpencxSessionId__c: 'kept' });
  });

  it('without an active version leaves it to the fallback queue too', async () => {
    await setUp({ flow: openCxFlow(queueName, 'Draft') });
    expect(route()).toMatchObject({
      usedFallback: true,
      flowProblem: expect.stringContaining('no active version') as string,
    });
  });

  it('that fails and a fallback queue that takes no sessions are a failure', async () => {
    await setUp({ flow: openCxFlow('Nowhere') });
    await deployFiles(org, { Queue: ['OpenCX_Fallback'] }, queueFile('OpenCX_Fallback', [], ['Case']));
    expect(route()).toEqual({
      failure: expect.stringMatching(
        /^Route: there is no queue .* The fallback queue cannot take the session: the queue OpenCX_Fallback does not support MessagingSession\.$/,
      ) as string,
    });
  });
});

describe('a routing flow that is deployed', () => {
  const deploy = async (files: PackageFiles): Promise<string[]> =>
    (await deployFiles(org, { Flow: [flowName] }, files)).problems;

  it.each([
    ['a connector to nowhere', routingFlow('Nowhere', toQueue), 'target Nowhere is no element'],
    [
      'a field that is not there',
      routingFlow('Keep', [updateSession('Keep', 'Nothing__c', text('x'), 'Get_Queue'), ...toQueue]),
      'Keep - The field "Nothing__c" for the object "MessagingSession" doesn\'t exist.',
    ],
  ])('with %s is refused', async (_what, files, said) => {
    expect(await deploy(files)).toEqual([expect.stringContaining(said)]);
  });

  it('may name a field that comes with it', async () => {
    const field = metadataFile('CustomObject', [
      '<fields><fullName>Topic__c</fullName><label>Topic</label><length>36</length><type>Text</type></fields>',
    ]);
    const flow = routingFlow('Keep', [updateSession('Keep', 'Topic__c', text('x'), 'Get_Queue'), ...toQueue]);
    const { problems } = await deployFiles(
      org,
      { Flow: [flowName], CustomField: ['MessagingSession.Topic__c'] },
      { ...flow, 'objects/MessagingSession.object': field },
    );
    expect(problems).toEqual([]);
  });

  it('says which of its parts are not run, and nothing if all are', async () => {
    const warnings = async (files: PackageFiles): Promise<unknown[]> => {
      const { successes } = await deployFiles(org, { Flow: [flowName] }, files);
      return successes.map((success) => (success as { problem?: string | null }).problem ?? '');
    };
    expect(await warnings(routingFlow('Get_Queue', toQueue))).toEqual(['']);
    const sub = flowElement('subflows', 'Sub', '<flowName>Other</flowName>');
    expect(await warnings(routingFlow('Get_Queue', [...toQueue, sub]))).toEqual([
      'LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement running these parts of flows: subflows.',
    ]);
  });
});
