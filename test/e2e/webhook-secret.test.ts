import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { serve } from '../handoff/serving.ts';
import { cli, inputs, temporaryFolder } from './cli.ts';

const local = ['--target-org', 'local'] as const;

test(
  'a secret is made, put into the org, and from then on calls are signed with it',
  { timeout: 180_000 },
  async () => {
    const cwd = await temporaryFolder();
    await writeFile(
      join(cwd, 'opencx-sf.config.json'),
      JSON.stringify({ blueprint: { options: { webhookSignature: true } } }),
    );
    const absent = await cli(['webhook', 'secret', 'signing', ...local, '--json'], { cwd });
    expect(absent.json().error).toMatchObject({ code: 'NOT_INSTALLED' });
    expect((await cli(['deploy-apex', ...local, ...inputs, '--no-tests', '--quiet'], { cwd })).exitCode).toBe(0);

    await mkdir(join(cwd, 'a-folder'));
    const unreadable = await cli(['webhook', 'secret', 'a-folder', ...local, '--json'], { cwd });
    expect(unreadable.json().error).toMatchObject({
      code: 'MISSING_INPUT',
      message: expect.stringMatching(/a-folder: EISDIR/) as string,
    });

    const made = await cli(['webhook', 'secret', 'signing', ...local, '--json'], { cwd });
    const secret = (await readFile(join(cwd, 'signing'), 'utf8')).trim();
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect((await stat(join(cwd, 'signing'))).mode & 0o777).toBe(0o600);
    expect(made.json().result).toMatchObject({ setting: 'OpenCX_Webhook__c', changed: true });
    const again = await cli(['webhook', 'secret', 'signing', ...local], { cwd });
    expect(again.stdout).toMatch(/^✓ unchanged/);
    expect([made, again].map((run) => run.stdout + run.stderr).join('')).not.toContain(secret);

    const serving = await serve({ signature: { secrets: [secret] } });
    await cli(['webhook', 'set', '-', ...local], { cwd, stdin: serving.webhookUrl });
    const reached = await cli(['webhook', 'test', ...local, '--json'], { cwd });
    expect(reached.json()).toMatchObject({ status: 'ok', result: { statusCode: 200, reached: true } });

    const changed = await cli(['webhook', 'secret', '-', ...local], { cwd, stdin: 'another-secret-of-the-org\nold' });
    expect(changed.stdout).toMatch(/^✓ The secret of the webhook is in OpenCX_Webhook__c/);
    const refused = await cli(['webhook', 'test', ...local, '--json'], { cwd });
    expect(refused.json()).toMatchObject({ result: { statusCode: 401, reached: false } });
  },
);
