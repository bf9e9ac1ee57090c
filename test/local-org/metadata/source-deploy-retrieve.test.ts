import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { AuthInfo, Connection } from '@salesforce/core';
import { ComponentSet, DestructiveChangesType } from '@salesforce/source-deploy-retrieve';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { fieldText } from '../../../src/local-org/state/field-text.ts';
import { rulesFile } from '../assignment/assignment-rules-file.ts';
import { startMetadataOrg } from './metadata-org.ts';
import type { MetadataOrg } from './metadata-org.ts';
import { apexMeta, metadataFile, namedCredential } from './package-zip.ts';

// The official CLI's own deploy library, unmodified, against the local org: it needs no login file, only a token.

let org: MetadataOrg;
let connection: Connection;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'local-org-sdr-'));
  process.env['HOME'] = folder;
  org = await startMetadataOrg();
  const accessTokenOptions = { accessToken: org.token, instanceUrl: org.url, loginUrl: org.url };
  connection = await Connection.create({
    authInfo: await AuthInfo.create({ username: org.token, accessTokenOptions }),
  });
  write('classes/Greeter.cls', 'public class Greeter {\n}\n');
  write('classes/Greeter.cls-meta.xml', apexMeta('ApexClass'));
  write('namedCredentials/Hook.namedCredential-meta.xml', namedCredential('https://a.example.com'));
  write(
    'objects/Case/fields/From__c.field-meta.xml',
    metadataFile('CustomField', [
      '<fullName>From__c</fullName>',
      '<label>From</label>',
      '<length>20</length>',
      '<type>Text</type>',
    ]),
  );
});
afterAll(async () => {
  await org.close();
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string): void {
  const target = join(folder, 'force-app', path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

async function deploy(set: ComponentSet, rest: boolean) {
  const job = await set.deploy({ usernameOrConnection: connection, apiOptions: { rest } });
  const result = await job.pollStatus();
  return { status: result.response.status, files: result.getFileResponses() };
}

describe('source-deploy-retrieve', () => {
  test.each([
    ['SOAP', false, 'Created'],
    ['REST', true, 'Unchanged'],
  ])('deploys a source folder by %s and maps every component to its file', async (_protocol, rest, state) => {
    const { status, files } = await deploy(ComponentSet.fromSource(join(folder, 'force-app')), rest);
    expect(status).toBe('Succeeded');
    expect(files.map((file) => [file.type, file.fullName, file.state])).toEqual([
      ['ApexClass', 'Greeter', state],
      ['ApexClass', 'Greeter', state],
      ['NamedCredential', 'Hook', state],
      ['CustomField', 'Case.From__c', state],
    ]);
  });

  test('deploys and retrieves assignment rules as one file', async () => {
    const admin = fieldText(org.state.records.get('User', org.state.settings.adminUserId)?.['Username']);
    const path = 'rules/assignmentRules/Case.assignmentRules-meta.xml';
    write(path, rulesFile({ name: 'Standard', entries: [{ to: admin, when: ['Case.Origin equals Web'] }] }));
    const { status, files } = await deploy(ComponentSet.fromSource(join(folder, 'force-app/rules')), false);
    expect(status).toBe('Succeeded');
    expect(files.map((file) => [file.type, file.fullName, file.state])).toEqual([
      ['AssignmentRules', 'Case', 'Unchanged'],
      ['AssignmentRule', 'Case.Standard', 'Created'],
    ]);
    const output = join(folder, 'retrieved-rules');
    mkdirSync(output);
    const set = new ComponentSet([{ type: 'AssignmentRules', fullName: 'Case' }]);
    const job = await set.retrieve({ usernameOrConnection: connection, output, format: 'source' });
    const [retrieved] = (await job.pollStatus()).getFileResponses();
    expect(readFileSync(retrieved?.filePath ?? '', 'utf8')).toContain('<fullName>Standard</fullName>');
    rmSync(join(folder, 'force-app/rules'), { recursive: true });
  });

  test('shows a compile error at its line', async () => {
    write('broken/classes/Broken.cls', 'public class Broken {\n    Integer i = foo;\n}\n');
    write('broken/classes/Broken.cls-meta.xml', apexMeta('ApexClass'));
    const { status, files } = await deploy(ComponentSet.fromSource(join(folder, 'force-app/broken')), false);
    rmSync(join(folder, 'force-app/broken'), { recursive: true });
    expect(status).toBe('Failed');
    expect(files).toContainEqual(
      expect.objectContaining({
        fullName: 'Broken',
        state: 'Failed',
        error: 'Variable does not exist: foo (2:17)',
        lineNumber: 2,
      }),
    );
  });

  test('retrieves into a source folder', async () => {
    const output = join(folder, 'retrieved');
    mkdirSync(output);
    const set = new ComponentSet([
      { type: 'ApexClass', fullName: 'Greeter' },
      { type: 'CustomField', fullName: 'Case.From__c' },
      { type: 'ApexClass', fullName: 'Missing' },
    ]);
    const job = await set.retrieve({ usernameOrConnection: connection, output, format: 'source' });
    const result = await job.pollStatus();
    const written = result.getFileResponses().flatMap(({ filePath }) => filePath ?? []);
    expect(written.every((path) => path.startsWith(output))).toBe(true);
    const texts = new Map(written.map((path) => [basename(path), readFileSync(path, 'utf8')]));
    expect(texts.get('Greeter.cls')).toBe('public class Greeter {\n}\n');
    expect(texts.get('From__c.field-meta.xml')).toContain('<length>20</length>');
    expect(result.getFileResponses()).toContainEqual(
      expect.objectContaining({
        fullName: 'Missing',
        state: 'Failed',
        error: "Entity of type 'ApexClass' named 'Missing' cannot be found",
      }),
    );
  });

  test('deletes, and reports it', async () => {
    const set = ComponentSet.fromSource(join(folder, 'force-app/classes'));
    const doomed = new ComponentSet();
    for (const component of set.getSourceComponents()) doomed.add(component, DestructiveChangesType.POST);
    const { status, files } = await deploy(doomed, false);
    expect(status).toBe('Succeeded');
    expect(files).toContainEqual(expect.objectContaining({ type: 'ApexClass', fullName: 'Greeter', state: 'Deleted' }));
    expect(org.state.components.list('ApexClass')).toEqual([]);
  });
});
