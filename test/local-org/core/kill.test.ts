import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { expect, it } from 'vitest';

import { startLocalOrg } from '../../../src/local-org/start-local-org.ts';
import { clientFor } from './org-client.ts';

const START = new URL('../../../src/local-org/start-local-org.ts', import.meta.url).href;
const PROGRAM = `
  import { startLocalOrg } from '${START}';
  const org = await startLocalOrg({ dataDir: process.argv[1] });
  console.log(JSON.stringify({ url: org.url, token: org.issueAccessToken() }));
`;

it('loses nothing it has answered for when it is killed', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'local-org-kill-'));
  try {
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', PROGRAM, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const line = await new Promise<string>((resolve) => {
      createInterface({ input: child.stdout }).once('line', resolve);
    });
    const { url, token } = JSON.parse(line) as { url: string; token: string };
    const created: string[] = [];
    const killed = new Promise((resolve) => child.once('exit', resolve));
    const writer = (async () => {
      for (;;) {
        const response = await fetch(`${url}/services/data/v68.0/sobjects/Account`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ Name: `Account ${created.length}` }),
        });
        created.push(((await response.json()) as { id: string }).id);
        if (created.length === 40) child.kill('SIGKILL');
      }
    })();
    await expect(writer).rejects.toThrow();
    await killed;
    expect(created.length).toBeGreaterThanOrEqual(40);

    const org = await startLocalOrg({ dataDir });
    // The session outlives the process too.
    const { body } = await clientFor(org, token).query('SELECT Id FROM Account');
    const kept = (body.records as { Id: string }[]).map((record) => record.Id);
    await org.close();
    expect(created.filter((id) => !kept.includes(id))).toEqual([]);
    // At most the one request that was under way may be there without its answer.
    expect(kept.length - created.length).toBeLessThanOrEqual(1);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
