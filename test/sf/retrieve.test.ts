import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { loggedInByToken } from './logins.ts';
import { generated } from './projects.ts';

describe('the Salesforce CLI reads back what was deployed', () => {
  test('lists the types and the components, and retrieves them as they were sent', async () => {
    const { sf } = await loggedInByToken();
    const cwd = await generated(sf, 'source');
    await sf.result(['project', 'deploy', 'start', '-d', 'force-app', '-o', 'org'], { cwd });

    const { metadataObjects } = await sf.result(['org', 'list', 'metadata-types', '-o', 'org']);
    const types = metadataObjects.map((type: { xmlName: string }) => type.xmlName);
    expect(types).toEqual(expect.arrayContaining(['ApexClass', 'ApexTrigger', 'CustomObject', 'PermissionSet']));
    const fields = await sf.result(['org', 'list', 'metadata', '-m', 'CustomField', '-o', 'org']);
    expect(fields.map((one: { fullName: string }) => one.fullName)).toEqual(
      expect.arrayContaining(['Case.Case_From__c', 'EmailMessage.OpenCx_Sent__c']),
    );

    const names = ['ApexClass:OpenSalesforceCaseManagement', 'CustomField:Case.Case_From__c', 'ApexClass:Missing'];
    const members = names.flatMap((name) => ['-m', name]);
    const retrieved = await sf.result(
      ['project', 'retrieve', 'start', ...members, '-o', 'org', '--output-dir', 'retrieved'],
      { cwd },
    );
    expect(retrieved.messages).toMatchObject([
      { problem: "Entity of type 'ApexClass' named 'Missing' cannot be found" },
    ]);
    const sent = join(cwd, 'force-app', 'main', 'default');
    const back = join(cwd, 'retrieved');
    for (const file of [
      join('classes', 'OpenSalesforceCaseManagement.cls'),
      join('objects', 'Case', 'fields', 'Case_From__c.field-meta.xml'),
    ]) {
      // Salesforce keeps no XML comments: what stands in the description is what outlives a retrieve.
      const kept = (await readFile(join(sent, file), 'utf8')).replace(/^<!-- .* -->\n/m, '');
      expect(await readFile(join(back, file), 'utf8')).toBe(kept);
    }
  });
});
