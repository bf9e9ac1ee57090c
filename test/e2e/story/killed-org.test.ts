import { expect, test } from 'vitest';

import { temporaryFolder } from '../cli.ts';
import { connectedOrg } from './connected-org.ts';
import { orgOfItsOwn } from './org-door.ts';
import { userOf } from './org-user.ts';

test(
  'killed while it calls the webhook, the org calls again once it is back, as the same delivery',
  { timeout: 120_000 },
  async () => {
    const cwd = await temporaryFolder();
    const former = await orgOfItsOwn(cwd);
    const org = await connectedOrg(former, { deployArguments: ['--no-tests'] });
    // Never answered: the process is gone before.
    org.webhooks.answers.push(new Promise(() => undefined));
    const caseId = await org.rep.create('Case', { Subject: 'By phone' });
    await expect.poll(() => org.webhooks.calls.length, { timeout: 30_000 }).toBe(1);
    await former.kill();

    const door = await orgOfItsOwn(cwd);
    const admin = await userOf(door.url, door.accessToken);
    await expect.poll(() => org.webhooks.calls.length, { timeout: 30_000 }).toBe(2);
    const [interrupted, repeated] = org.webhooks.payloads();
    expect(repeated).toEqual(interrupted);
    expect(repeated).toMatchObject({ name: 'caseCreated', caseId });
    const status = async (): Promise<unknown> => (await admin.query('SELECT Status FROM AsyncApexJob'))[0]?.['Status'];
    await expect.poll(status).toBe('Completed');
    expect(await admin.query(`SELECT Subject FROM Case WHERE Id = '${caseId}'`)).toMatchObject([
      { Subject: 'By phone' },
    ]);
  },
);
