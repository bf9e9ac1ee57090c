import { expect, test } from 'vitest';

import { queueFile } from '../../messaging/messaging-files.ts';
import { rulesFile } from '../../assignment/assignment-rules-file.ts';
import { manifest, metadataFile } from '../package-zip.ts';
import { administrator, deployFiles, metadataOrg } from '../settings-org.ts';

const stage = metadataOrg();

type Row = Record<string, unknown>;
const query = async (soql: string): Promise<Row[]> => (await stage.org.connection.query(soql)).records;
const deploy = async (files: Record<string, string>, name = 'Reps'): Promise<string[]> =>
  (await deployFiles(stage.org, { Queue: [name] }, files)).problems;
const members = (): Promise<Row[]> => query("SELECT UserOrGroupId FROM GroupMember WHERE Group.DeveloperName = 'Reps'");

test('a queue is its rows', async () => {
  expect(await deploy(queueFile('Reps', [administrator(stage.org)], ['MessagingSession', 'Case']))).toEqual([]);
  expect(
    await query("SELECT Name, DeveloperName, DoesSendEmailToMembers FROM Group WHERE Type = 'Queue'"),
  ).toMatchObject([{ Name: 'Reps', DeveloperName: 'Reps', DoesSendEmailToMembers: false }]);
  expect(await query('SELECT SobjectType FROM QueueSobject ORDER BY SobjectType')).toMatchObject([
    { SobjectType: 'Case' },
    { SobjectType: 'MessagingSession' },
  ]);
  expect(await stage.org.connection.metadata.list({ type: 'Queue' })).toMatchObject([
    { fullName: 'Reps', fileName: 'queues/Reps.queue', id: expect.stringMatching(/^00G/) as string },
  ]);
  expect(await members()).toMatchObject([{ UserOrGroupId: stage.org.state.settings.adminUserId }]);
});

test('a list that a file mentions is the whole list, and one that it leaves out stays', async () => {
  await deploy(queueFile('Reps', [administrator(stage.org)], ['MessagingSession', 'Case']));
  await deploy(queueFile('Reps', [], ['MessagingSession']));
  expect(await query('SELECT SobjectType FROM QueueSobject')).toMatchObject([{ SobjectType: 'MessagingSession' }]);
  expect(await members()).toHaveLength(1);
});

test('a queue that was made as a record is the same in metadata', async () => {
  const { body } = await stage.org.rest('POST', '/sobjects/Group', { Name: 'Reps', Type: 'Queue' });
  const { id: QueueId } = body as { id: string };
  await stage.org.rest('POST', '/sobjects/QueueSobject', { QueueId, SobjectType: 'MessagingSession' });
  expect(await stage.org.connection.metadata.read('Queue', 'Reps')).toMatchObject({
    fullName: 'Reps',
    name: 'Reps',
    queueSobject: [{ sobjectType: 'MessagingSession' }],
  });
  await deploy(queueFile('Reps', [administrator(stage.org)]));
  expect(await query("SELECT Id FROM Group WHERE Type = 'Queue'")).toMatchObject([{ Id: QueueId }]);
});

test('what records refuse is refused', async () => {
  expect(await deploy(queueFile('Reps', ['nobody@example.com']))).toEqual([
    expect.stringContaining('no User named nobody@example.com found'),
  ]);
  expect(await deploy(queueFile('Reps', [], ['Nothing__c']))).toEqual([
    expect.stringContaining('no CustomObject named Nothing__c found'),
  ]);
  expect(await deploy(queueFile('Reps', [], ['EmailMessage']))).toEqual([
    expect.stringContaining('bad value for restricted picklist field: EmailMessage'),
  ]);
  expect(await deploy(queueFile('My__Reps'), 'My__Reps')).toEqual([
    expect.stringContaining('The Queue Name can only contain'),
  ]);
  const byRole = metadataFile('Queue', [
    '<name>Reps</name>',
    '<queueMembers><roles><role>Agents</role></roles></queueMembers>',
  ]);
  expect(await deploy({ 'queues/Reps.queue': byRole })).toEqual([
    expect.stringContaining('LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement queue members by roles'),
  ]);
  expect(await query("SELECT Id FROM Group WHERE Type = 'Queue'")).toEqual([]);
});

test('a queue has a routing configuration, which comes first', async () => {
  const config = metadataFile('QueueRoutingConfig', [
    '<capacityWeight>1.0</capacityWeight>',
    '<label>Messaging</label>',
    '<routingModel>MOST_AVAILABLE</routingModel>',
    '<routingPriority>1</routingPriority>',
  ]);
  const [[path, text] = ['', '']] = Object.entries(queueFile('Reps'));
  const queue = {
    [path]: text.replace('<queueSobject>', '<queueRoutingConfig>Messaging</queueRoutingConfig><queueSobject>'),
  };
  expect(await deploy(queue)).toEqual([expect.stringContaining('no QueueRoutingConfig named Messaging found')]);
  const { problems } = await deployFiles(
    stage.org,
    { Queue: ['Reps'], QueueRoutingConfig: ['Messaging'] },
    { ...queue, 'queueRoutingConfigs/Messaging.queueRoutingConfig': config },
  );
  expect(problems).toEqual([]);
  expect(
    await query(
      "SELECT QueueRoutingConfig.DeveloperName, QueueRoutingConfig.RoutingModel, QueueRoutingConfig.CapacityWeight FROM Group WHERE Type = 'Queue'",
    ),
  ).toMatchObject([
    { QueueRoutingConfig: { DeveloperName: 'Messaging', RoutingModel: 'MostAvailable', CapacityWeight: 1 } },
  ]);
  const destroyed = await deployFiles(
    stage.org,
    {},
    {
      'destructiveChanges.xml': manifest({ QueueRoutingConfig: ['Messaging'] }),
    },
  );
  expect(destroyed.problems).toEqual([expect.stringContaining('Queue - Reps')]);
});

test('a queue that owns records stays', async () => {
  await deploy(queueFile('Reps', [], ['Case']));
  const [queue] = await query("SELECT Id FROM Group WHERE Type = 'Queue'");
  await stage.org.rest('POST', '/sobjects/Case', { Subject: 'One', OwnerId: queue?.['Id'] });
  const { problems } = await deployFiles(stage.org, {}, { 'destructiveChanges.xml': manifest({ Queue: ['Reps'] }) });
  expect(problems).toEqual(['Queue Reps: The queue cannot be deleted because it owns records: Case']);
});

test('an assignment rule gives cases to a queue that comes with it', async () => {
  const rules = rulesFile({ name: 'Standard', entries: [{ to: '#Reps' }] });
  const { problems } = await deployFiles(
    stage.org,
    { Queue: ['Reps'], AssignmentRule: ['Case.Standard'] },
    { ...queueFile('Reps', [], ['Case']), 'assignmentRules/Case.assignmentRules': rules },
  );
  expect(problems).toEqual([]);
});
