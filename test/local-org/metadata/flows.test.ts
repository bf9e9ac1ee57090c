import { describe, expect, it } from 'vitest';

import { recordFlow } from './flow-files.ts';
import { manifest, metadataFile, zipOf } from './package-zip.ts';
import type { PackageFiles } from './package-zip.ts';
import { control, deployFiles, metadataOrg } from './settings-org.ts';

const stage = metadataOrg();

interface Row {
  readonly [field: string]: unknown;
}

const NOT_RUN = 'LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement running flows.';
const deploy = (files: PackageFiles, members: string[] = ['Route']): ReturnType<typeof deployFiles> =>
  deployFiles(stage.org, { Flow: members }, files);
const deployed = async (files: PackageFiles): Promise<void> => {
  expect(await deploy(files)).toMatchObject({ status: 'Succeeded', problems: [] });
};
const query = async (soql: string): Promise<Row[]> => (await stage.org.connection.query(soql)).records;
const tooling = async (soql: string): Promise<Row[]> => (await stage.org.connection.tooling.query(soql)).records;
const view = async (fields: string): Promise<Row | undefined> =>
  (await query(`SELECT ${fields} FROM FlowDefinitionView WHERE ApiName = 'Route'`))[0];
const versions = (): Promise<Row[]> => tooling('SELECT Id, VersionNumber, Status FROM Flow ORDER BY VersionNumber');
const destroy = async (member: string): Promise<{ status: string; problems: string[] }> =>
  deployFiles(stage.org, {}, { 'destructiveChanges.xml': manifest({ Flow: [member] }) });

describe('a flow that is deployed', () => {
  it('is a row of FlowDefinitionView', async () => {
    await deployed(recordFlow('Route', { label: 'Route a Case' }));
    const row = await view(
      'DurableId, ApiName, Label, Description, IsActive, ActiveVersionId, LatestVersionId, ProcessType, TriggerType, RecordTriggerType, TriggerObjectOrEventId, TriggerObjectOrEventLabel, VersionNumber, ApiVersion, Builder, LastModifiedBy, IsOutOfDate, ManageableState',
    );
    const [version] = await versions();
    expect(row).toMatchObject({
      DurableId: expect.stringMatching(/^300/) as string,
      ApiName: 'Route',
      Label: 'Route a Case',
      Description: 'Sets the priority',
      IsActive: true,
      ActiveVersionId: version?.['Id'],
      LatestVersionId: version?.['Id'],
      ProcessType: 'AutoLaunchedFlow',
      TriggerType: 'RecordAfterSave',
      RecordTriggerType: 'CreateAndUpdate',
      TriggerObjectOrEventId: 'Case',
      TriggerObjectOrEventLabel: 'Case',
      VersionNumber: 1,
      ApiVersion: '68.0',
      Builder: 'Flow Builder',
      LastModifiedBy: 'Local Administrator',
      IsOutOfDate: false,
      ManageableState: 'unmanaged',
    });
  });

  it('is a version in the Tooling API, with its metadata', async () => {
    await deployed(recordFlow('Route'));
    const [row] = await tooling(
      'SELECT Id, DefinitionId, FullName, MasterLabel, Status, ProcessType, VersionNumber, ApiVersion, Metadata FROM Flow',
    );
    expect(row).toMatchObject({
      Id: expect.stringMatching(/^301/) as string,
      DefinitionId: expect.stringMatching(/^300/) as string,
      FullName: 'Route',
      MasterLabel: 'Route',
      Status: 'Active',
      ProcessType: 'AutoLaunchedFlow',
      VersionNumber: 1,
      ApiVersion: 68,
      Metadata: {
        label: 'Route',
        status: 'Active',
        start: { object: 'Case', triggerType: 'RecordAfterSave' },
        recordUpdates: [{ name: 'Set_Priority', inputAssignments: [{ field: 'Priority' }] }],
        screens: [],
        triggerOrder: null,
      },
    });
  });

  it('is said not to run if it is active, and does not', async () => {
    const zip = zipOf({ 'package.xml': manifest({ Flow: ['Route'] }), ...recordFlow('Route') });
    const result = await stage.org.connection.metadata.deploy(zip, { singlePackage: true }).complete(true);
    expect(
      [result.details.componentSuccesses].flat().find(({ componentType }) => componentType === 'Flow'),
    ).toMatchObject({ fullName: 'Route', created: true, success: true, problem: NOT_RUN, problemType: 'Warning' });
    await stage.org.rest('POST', '/sobjects/Case', { Subject: 'One', Priority: 'Low' });
    expect(await query('SELECT Priority FROM Case')).toMatchObject([{ Priority: 'Low' }]);
  });

  it('is said nothing of if it is a draft', async () => {
    const zip = zipOf({ 'package.xml': manifest({ Flow: ['Route'] }), ...recordFlow('Route', { status: 'Draft' }) });
    const result = await stage.org.connection.metadata.deployRest(zip, { singlePackage: true }).complete(true);
    expect(result.status).toBe('Succeeded');
    expect(JSON.stringify(result)).not.toContain('LOCAL_ORG_NOT_IMPLEMENTED');
    expect(await view('IsActive, ActiveVersionId')).toMatchObject({ IsActive: false, ActiveVersionId: null });
  });

  it('is taken as a draft in production', async () => {
    await control(stage.org, 'PATCH', 'settings', { kind: 'production' });
    await deployed(recordFlow('Route'));
    expect(await versions()).toMatchObject([{ Status: 'Draft' }]);
  });
});

describe('a flow that is deployed again', () => {
  it('is a new version, and the former one is obsolete', async () => {
    await deployed(recordFlow('Route'));
    const before = await versions();
    const { successes } = await deploy(recordFlow('Route', { label: 'Route again' }));
    expect(successes).toMatchObject([{ fullName: 'Route', changed: true, created: false }]);
    expect(await versions()).toMatchObject([
      { Id: before[0]?.['Id'], VersionNumber: 1, Status: 'Obsolete' },
      { VersionNumber: 2, Status: 'Active' },
    ]);
    expect(await view('Label, VersionNumber')).toMatchObject({ Label: 'Route again', VersionNumber: 2 });
  });

  it('stays what it was if nothing is new', async () => {
    await deployed(recordFlow('Route'));
    const { successes } = await deploy(recordFlow('Route'));
    expect(successes).toMatchObject([{ changed: false, created: false }]);
    expect(await versions()).toHaveLength(1);
  });

  it('as a draft leaves the active version at work', async () => {
    await deployed(recordFlow('Route', { label: 'First' }));
    await deployed(recordFlow('Route', { label: 'Second', status: 'Draft' }));
    const [active, draft] = await versions();
    expect(await view('Label, ActiveVersionId, LatestVersionId, IsActive, IsOutOfDate')).toMatchObject({
      Label: 'First',
      ActiveVersionId: active?.['Id'],
      LatestVersionId: draft?.['Id'],
      IsActive: false,
      IsOutOfDate: true,
    });
  });

  it('is switched on and off by its FlowDefinition', async () => {
    await deployed(recordFlow('Route', { label: 'First' }));
    await deployed(recordFlow('Route', { label: 'Second' }));
    const [first, second] = await versions();
    const [definition] = await tooling(
      'SELECT Id, DeveloperName, ActiveVersionId, LatestVersionId, Metadata FROM FlowDefinition',
    );
    expect(definition).toMatchObject({
      Id: (await view('DurableId'))?.['DurableId'],
      DeveloperName: 'Route',
      ActiveVersionId: second?.['Id'],
      LatestVersionId: second?.['Id'],
      Metadata: { activeVersionNumber: 2 },
    });
    const activate = async (activeVersionNumber: unknown): Promise<unknown> =>
      await stage.org.connection.tooling
        .sobject('FlowDefinition')
        .update({ Id: definition?.['Id'] as string, Metadata: { activeVersionNumber } });
    await activate(1);
    expect(await view('Label, ActiveVersionId')).toMatchObject({ Label: 'First', ActiveVersionId: first?.['Id'] });
    await activate(0);
    expect(await view('ActiveVersionId')).toMatchObject({ ActiveVersionId: null });
    expect(await versions()).toMatchObject([{ Status: 'Obsolete' }, { Status: 'Obsolete' }]);
    await expect(activate(3)).rejects.toThrow('The flow has no version 3');
    await expect(activate('one')).rejects.toThrow('activeVersionNumber');
  });

  it('can be put out of use by planting its status', async () => {
    await deployed(recordFlow('Route'));
    const [version] = await versions();
    const id = version?.['Id'] as string;
    expect((await control(stage.org, 'PATCH', `records/Flow/${id}`, { Status: 'Obsolete' })).status).toBe(200);
    expect(await view('IsActive, ActiveVersionId')).toMatchObject({ IsActive: false, ActiveVersionId: null });
    expect(await stage.org.connection.metadata.read('Flow', 'Route')).toMatchObject({ status: 'Obsolete' });
  });
});

describe('a flow', () => {
  it('is listed, read and retrieved by its latest version, or by one that is numbered', async () => {
    await deployed(recordFlow('Route', { label: 'First' }));
    await deployed(recordFlow('Route', { label: 'Second' }));
    const { metadata } = stage.org.connection;
    expect(await metadata.list({ type: 'Flow' })).toMatchObject([
      { fullName: 'Route', fileName: 'flows/Route.flow', id: (await versions())[1]?.['Id'] },
    ]);
    expect(await metadata.read('Flow', ['Route', 'Route-1', 'Route-9'])).toMatchObject([
      { fullName: 'Route', label: 'Second', status: 'Active' },
      { fullName: 'Route-1', label: 'First', status: 'Obsolete' },
      {},
    ]);
    const types = [{ members: ['*', 'Route-1'], name: 'Flow' }];
    const { fileProperties } = await metadata
      .retrieve({ apiVersion: '68.0', unpackaged: { types, version: '68.0' } } as never)
      .complete();
    expect([fileProperties].flat().map(({ fileName }) => fileName)).toEqual([
      'unpackaged/flows/Route.flow',
      'unpackaged/flows/Route-1.flow',
      'unpackaged/package.xml',
    ]);
  });

  it('keeps days and times as its file has them', async () => {
    const when = '<startDate>2026-12-01</startDate><startTime>08:00:00.000Z</startTime>';
    const start = `<locationX>0</locationX><locationY>0</locationY><schedule><frequency>Daily</frequency>${when}</schedule>`;
    const lines = ['<label>Route</label>', `<start>${start}<triggerType>Scheduled</triggerType></start>`];
    await deployed({ 'flows/Route.flow': metadataFile('Flow', lines) });
    expect(await stage.org.connection.metadata.read('Flow', 'Route')).toMatchObject({
      start: { schedule: { frequency: 'Daily', startDate: '2026-12-01', startTime: '08:00:00.000Z' } },
    });
    expect(await view('TriggerType, TriggerObjectOrEventId')).toMatchObject({
      TriggerType: 'Scheduled',
      TriggerObjectOrEventId: null,
    });
  });

  it('goes version by version, those that are active not at all', async () => {
    await deployed(recordFlow('Route', { label: 'First' }));
    await deployed(recordFlow('Route', { label: 'Second' }));
    expect((await destroy('Route')).problems).toEqual(['Flow Route: insufficient access rights on cross-reference id']);
    expect((await destroy('Route-2')).problems).toEqual([
      "Flow Route-2: The flow version Route-2 is active and can't be deleted.",
    ]);
    expect((await destroy('Route-1')).status).toBe('Succeeded');
    expect(await versions()).toMatchObject([{ VersionNumber: 2 }]);
    const id = (await versions())[0]?.['Id'] as string;
    expect((await stage.org.rest('DELETE', `/tooling/sobjects/Flow/${id}`)).status).toBe(400);
    await control(stage.org, 'PATCH', `records/Flow/${id}`, { Status: 'Obsolete' });
    expect((await stage.org.rest('DELETE', `/tooling/sobjects/Flow/${id}`)).status).toBe(204);
    expect(await query('SELECT ApiName FROM FlowDefinitionView')).toEqual([]);
    expect(await stage.org.connection.metadata.list({ type: 'Flow' })).toEqual([]);
  });

  it('is made and read by the calls for single components too', async () => {
    const { metadata } = stage.org.connection;
    const flow = { fullName: 'Route', label: 'Route', processType: 'AutoLaunchedFlow', status: 'Active' };
    expect(await metadata.create('Flow', flow as never)).toMatchObject({ success: true });
    expect(await metadata.update('Flow', { fullName: 'Route', label: 'Other' } as never)).toMatchObject({
      success: true,
    });
    expect(await versions()).toMatchObject([{ Status: 'Obsolete' }, { Status: 'Active' }]);
    expect(await metadata.delete('Flow', 'Route-1')).toMatchObject({ success: true });
  });

  it('is not written by the Tooling API, which is said by name', async () => {
    const answer = await stage.org.rest('POST', '/tooling/sobjects/Flow', { FullName: 'Route', Metadata: {} });
    expect(answer).toMatchObject({ status: 501, body: [{ errorCode: 'LOCAL_ORG_NOT_IMPLEMENTED' }] });
  });
});

describe('a flow that is wrong', () => {
  const file = (lines: string[]): PackageFiles => ({ 'flows/Route.flow': metadataFile('Flow', lines) });

  it.each([
    [file(['<label>Route</label>', '<colour>red</colour>']), /Element .*colour invalid/],
    [file(['<label>Route</label>', '<status>Sleeping</status>']), /Sleeping/],
    [file(['<status>Draft</status>']), /label/],
    [recordFlow('Route', { object: 'Nothing__c' }), /no CustomObject named Nothing__c found/],
    [recordFlow('Route', { object: 'Order__e' }), /LOCAL_ORG_NOT_IMPLEMENTED.*Order__e/],
  ])('is refused', async (files, said) => {
    const { problems } = await deploy(files);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(said);
    expect(await versions()).toEqual([]);
  });

  it('is refused for its name', async () => {
    const { problems } = await deploy(recordFlow('Route__It'), ['Route__It']);
    expect(problems[0]).toContain('The Flow API Name can only contain');
    expect((await deploy(recordFlow('Route-2'), ['Route-2'])).problems[0]).toContain('LOCAL_ORG_NOT_IMPLEMENTED');
  });

  it('leaves nothing behind when only checked', async () => {
    const zip = zipOf({ 'package.xml': manifest({ Flow: ['Route'] }), ...recordFlow('Route') });
    const result = await stage.org.connection.metadata
      .deploy(zip, { singlePackage: true, checkOnly: true })
      .complete(true);
    expect(result.status).toBe('Succeeded');
    expect(await versions()).toEqual([]);
  });
});
