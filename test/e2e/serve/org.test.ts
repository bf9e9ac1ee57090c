import { expect, test } from 'vitest';

import { parseWebhookPayload } from '../../../src/blueprint/webhook-contract.ts';
import { openFarSide } from '../../handoff/far-side.ts';
import { contract } from '../../handoff/serving.ts';
import { cli, inputs, temporaryFolder } from '../cli.ts';
import { orgOfItsOwn } from '../story/org-door.ts';
import { userOf } from '../story/org-user.ts';
import { ownPlace, startServe } from './serve-process.ts';

test(
  'a Case that is saved in an org arrives at the far side byte for byte as Apex sent it',
  { timeout: 120_000 },
  async () => {
    const cwd = await temporaryFolder();
    const far = await openFarSide();
    const serve = await startServe(cwd, '--forward-to', far.url);
    // Stands between the org and serve, to know what Apex sends.
    const tap = await openFarSide();
    tap.answer(async ({ body }) => {
      const answer = await serve.post(body);
      return { status: answer.status, body: await answer.text() };
    });
    const org = await orgOfItsOwn(cwd);
    const deployed = await cli(['deploy-apex', '--target-org', 'local', ...inputs, '--no-tests', '--json'], { cwd });
    expect(deployed.exitCode, deployed.stderr).toBe(0);
    const set = await cli(['webhook', 'set', '-', '--target-org', 'local'], { cwd, stdin: `${serve.webhookUrl}\n` });
    expect(set).toMatchObject({ exitCode: 0, stderr: '' });
    const tested = await cli(['webhook', 'test', '--target-org', 'local', '--json'], { cwd });
    expect(tested.json()).toMatchObject({ status: 'ok', result: { reached: true } });
    await serve.result(({ event }) => event === 'connection-test');

    await cli(['webhook', 'set', tap.url, '--target-org', 'local'], { cwd });
    const admin = await userOf(org.url, org.accessToken);
    const subject = 'Drucker brennt 🔥 "again" {!$Credential.Password} \\ \u2028 end';
    const caseId = await admin.create('Case', { Subject: subject, Origin: 'Phone' });
    const accepted = await serve.result(({ event, caseId: id }) => event === 'accepted' && id === caseId);
    await serve.result(
      ({ event, eventId, target }) => event === 'delivered' && eventId === accepted.eventId && target !== ownPlace,
    );

    const [sent] = tap.calls;
    const [arrived, ...more] = far.calls;
    expect(more).toEqual([]);
    expect(arrived?.body.equals(sent?.body ?? Buffer.alloc(0))).toBe(true);
    expect(parseWebhookPayload(contract, JSON.parse(arrived?.body.toString() ?? ''))).toMatchObject({
      name: 'caseCreated',
      caseId,
      caseSubject: subject,
    });
    const shown = await serve.events('show', accepted.eventId, '--raw');
    expect(shown.stdout).toBe(sent?.body.toString());
    expect(await serve.stop()).toMatchObject({ accepted: 1, delivered: 1 });
  },
);
