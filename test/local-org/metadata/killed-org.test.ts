import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { Connection } from 'jsforce';
import { expect, test } from 'vitest';

import { startMetadataOrg } from './metadata-org.ts';
import { manifest, namedCredential, zipOf } from './package-zip.ts';

test('an org killed in the middle of a deployment ends it after the next start', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'local-org-killed-'));
  const script = fileURLToPath(new URL('org-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, dataDir, '1000'], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { url, token } = JSON.parse(line) as { url: string; token: string };
    const connection = new Connection({ instanceUrl: url, accessToken: token, version: '68.0' });
    const zip = zipOf({
      'package.xml': manifest({ NamedCredential: ['A', 'B'] }),
      'namedCredentials/A.namedCredential': namedCredential('https://a.example.com'),
      'namedCredentials/B.namedCredential': namedCredential('https://b.example.com'),
    });
    const { id } = await connection.metadata.deploy(zip, { singlePackage: true, rollbackOnError: true });
    let status = '';
    // The org's pace is kept with it: a second for each component, before the kill and after.
    while (status !== 'InProgress') ({ status } = await connection.metadata.checkDeployStatus(id));
    child.kill('SIGKILL');
    await once(child, 'exit');

    const org = await startMetadataOrg({ dataDir });
    try {
      let result = await org.connection.metadata.checkDeployStatus(id);
      while (!result.done) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        result = await org.connection.metadata.checkDeployStatus(id);
      }
      expect(result).toMatchObject({ status: 'Succeeded', numberComponentsDeployed: 2 });
      expect(org.state.components.list('NamedCredential').map(({ fullName }) => fullName)).toEqual(['A', 'B']);
    } finally {
      await org.close();
    }
  } finally {
    child.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  }
});
