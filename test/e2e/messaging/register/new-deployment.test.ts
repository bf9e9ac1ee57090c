import { describe, expect, test } from 'vitest';

import { envelopeSchema } from '../../../../src/commands/envelope-schema.ts';
import { messagingRegisterResultSchema } from '../../../../src/commands/messaging/register-org/result-schema.ts';
import { dumpOf, differingThings } from '../../setup/org-dump.ts';
import { issuer, registerStage, tasksOf, type RegisterStage } from './register-org.ts';

const create = ['--create-deployment', '--yes'] as const;
const parameters = ['OpencxSessionId', 'Chat_Consumer_Type', 'Origin', 'Priority', 'Chat_language'];

async function kidOf({ run }: RegisterStage): Promise<string> {
  return (await run('messaging', 'keys', 'show', '--json')).json().result.keys[0].kid as string;
}

describe('messaging register --create-deployment in an empty org', () => {
  test('makes all that a conversation needs, says what the org has now, and does nothing the second time', async () => {
    const stage = await registerStage();
    const { run, register, tap, read } = stage;
    const done = await register(...create);
    expect(done.exitCode, done.stderr).toBe(0);
    expect(envelopeSchema(messagingRegisterResultSchema).safeParse(done.json()).error?.issues ?? []).toEqual([]);
    const kid = await kidOf(stage);
    expect(done.json().result).toMatchObject({
      kid,
      published: 'now',
      registration: {
        deployment: { name: 'OpenCX', type: 'API' },
        channel: { name: 'OpenCX', isActive: true, authMode: 'Auth', flow: 'OpenCX_Messaging_Routing' },
        keyset: { name: 'OpenCX_Keyset', issuer, keys: [kid.replaceAll('-', '_')], enabled: true },
        parameters: parameters.map((name) => ({ name, present: true, variables: [name] })),
      },
      manual: [],
    });
    expect(await read('PublicKeyCertificateSet', 'OpenCX_Keyset')).toMatchObject({ jwtIssuer: issuer });

    tap.requests.length = 0;
    const again = await run('messaging', 'register', ...create);
    expect(again.exitCode, again.stderr).toBe(0);
    expect(again.stdout).toContain('unchanged: the org has it all');
    expect(again.stdout).toMatch(/Parameter +OpencxSessionId → OpencxSessionId/);
    expect(tap.writes()).toEqual([]);
  }, 60_000);

  test('a contact is let in as verified, and a handoff reaches the queue with its OpenCX session', async () => {
    const stage = await registerStage();
    const { run, register, org, connection } = stage;
    await org.control('POST', '/messaging/agents', { username: 'rep@example.com', name: 'Rita Rep' });
    const done = await register(...create, '--queue-member', 'rep@example.com');
    expect(done.exitCode, done.stdout).toBe(0);
    const place = ['--scrt-url', org.running.scrtUrl, '--org-id', org.running.organizationId, '--issuer', issuer];
    const token = await run('messaging', 'token', '--sub', 'jane', ...place);
    expect(token.stdout, token.stderr).toContain('/AUTH/OpenCX_Keyset/uid:jane');

    const session = '3f2a4f6e-93f7-4b60-a0a5-5f6b0f2d9c11';
    const handoff = await stageHandoff(stage, session, place);
    expect(handoff.exitCode, handoff.stderr).toBe(0);
    const { records } = await connection.query<Record<string, unknown>>(
      'SELECT OpencxSessionId__c, Status FROM MessagingSession',
    );
    expect(records).toMatchObject([{ OpencxSessionId__c: session }]);
    const work = await connection.query<Record<string, unknown>>('SELECT Id, UserId FROM AgentWork');
    expect(work.records).toHaveLength(1);
  }, 60_000);

  test('a rotated key stands beside the one it replaced, until that is taken away', async () => {
    const stage = await registerStage();
    const { run, register } = stage;
    await register(...create);
    const first = await kidOf(stage);
    await run('messaging', 'keys', 'rotate');
    const second = await kidOf(stage);
    const keysetOf = (ended: Awaited<ReturnType<typeof register>>) =>
      ended.json().result.registration.keyset.keys as string[];
    const names = [second, first].map((kid) => kid.replaceAll('-', '_'));
    const both = await register(...create);
    expect(both.json().result).toMatchObject({ kid: second, published: 'unchanged' });
    expect(keysetOf(both)).toEqual(names);

    await run('messaging', 'keys', 'rotate', '--remove-old', '--yes');
    const kept = await register(...create);
    expect(keysetOf(kept)).toEqual(names);
    expect(kept.json().result.plan.steps[1].notes.join()).toContain(`The keyset names ${names[1]} too`);

    const removed = await register(...create, '--remove-old-keys');
    expect(removed.exitCode, removed.stderr).toBe(0);
    expect(keysetOf(removed)).toEqual(names.slice(0, 1));
    expect(await stage.read('PublicKeyCertificate', names[1] ?? '')).not.toHaveProperty('jsonWebKey');
  }, 60_000);

  test('a run that ends before the publication is ended by the next one', async () => {
    const { register, org, tap } = await registerStage();
    const fault = { match: { method: 'POST', path: '/embeddedserviceconfig/publish/' }, kind: 'status', times: 1 };
    await org.control('POST', '/faults', { ...fault, status: 404, body: '[{"errorCode":"NOT_FOUND","message":"no"}]' });
    const first = await register(...create);
    expect(first.exitCode).toBe(1);
    expect(first.json().error?.message).toContain('was not published');
    expect(first.json().error?.nextSteps.join()).toContain('EmbeddedServiceDeployments/home');
    await org.control('POST', '/faults', { ...fault, status: 200, body: '{"isSuccess":false}' });
    const refused = await register(...create);
    expect(refused.exitCode).toBe(1);
    expect(refused.json().error?.message).toMatch(
      /^The deployment \w+ was not published: the org answered that it did not succeed\.$/,
    );
    tap.requests.length = 0;
    const second = await register(...create);
    expect(second.json().result).toMatchObject({ published: 'now' });
    expect(tap.writes()).toEqual([expect.stringContaining('/embeddedserviceconfig/publish/')]);
    tap.requests.length = 0;
    expect((await register(...create)).json().result).toMatchObject({ published: 'unchanged' });
    expect((await register(...create, '--republish')).json().result).toMatchObject({ published: 'now' });
  }, 60_000);

  test('destroy takes all of it out of the org again', async () => {
    const stage = await registerStage();
    const { run, register, org } = stage;
    const before = await dumpOf(org);
    await register(...create);
    await run('messaging', 'keys', 'rotate');
    await register(...create);
    const gone = await run('destroy', '--yes', '--json');
    expect(gone.exitCode, gone.stderr).toBe(0);
    const things = differingThings(before, await dumpOf(org));
    expect(things.filter((one) => !one.startsWith('records / DeployRequest'))).toEqual([]);
    expect((await run('destroy', '--yes')).stdout).toContain('nothing of the integration is left to remove');
  }, 60_000);

  test('in production the flow arrives as a draft: a person activates it, and the next run goes on', async () => {
    const { register, org, connection } = await registerStage({ kind: 'production' });
    const consent = ['--confirm-org', org.running.organizationId] as const;
    const first = await register(...create, ...consent);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(tasksOf(first)).toEqual(['messaging-activate-flow']);
    expect(first.json().result).toMatchObject({
      published: 'unchanged',
      registration: { parameters: [{ present: false }, {}, {}, {}, {}] },
    });
    const { records } = await connection.query<{ DurableId: string }>('SELECT DurableId FROM FlowDefinitionView');
    await connection.tooling
      .sobject('FlowDefinition')
      .update({ Id: records[0]?.DurableId ?? '', Metadata: { activeVersionNumber: 1 } });
    const second = await register(...create, ...consent);
    expect(second.exitCode, second.stderr).toBe(0);
    expect(second.json().result).toMatchObject({ published: 'now', manual: [] });
  }, 60_000);
});

async function stageHandoff({ run, cwd }: RegisterStage, session: string, place: readonly string[]) {
  const { writeFile } = await import('node:fs/promises');
  const transcript = { sessionId: session, contact: { id: 'jane' }, messages: [{ role: 'contact', text: 'Hello' }] };
  await writeFile(`${cwd}/transcript.json`, JSON.stringify(transcript));
  return await run('messaging', 'handoff', '--transcript', 'transcript.json', '--no-wait', ...place);
}
