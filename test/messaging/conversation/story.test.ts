import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openMessagingOrg, type MessagingOrg } from '../../local-org/messaging/messaging-org.ts';
import { apiOfOrg, contact, open, said } from '../live-messaging.ts';

describe('a conversation with a rep', () => {
  let org: MessagingOrg;
  beforeAll(async () => {
    org = await openMessagingOrg();
    await org.settings({ rateLimits: false });
  });
  afterAll(async () => {
    await org.client.close();
    expect(org.client.bugs).toEqual([]);
  });

  test('from the queue to the end of the session, and on with another one', async () => {
    const api = await apiOfOrg(org);
    const { conversation, next, events } = await open(
      {
        identity: contact(org),
        routingAttributes: { OpencxSessionId: 'session-1', Priority: 'High' },
        language: 'en_US',
      },
      { api },
    );
    expect(conversation.created).toBe(true);
    expect(conversation.access()).toMatchObject({ verified: true, deploymentType: expect.stringMatching(/^api$/i) });
    expect(await next('routing-result')).toMatchObject({ ok: true, queueId: org.deployed.queueId });
    expect(await next('queue-position')).toMatchObject({ position: 1 });

    const sent = await conversation.send('My printer burns');
    expect(sent).toMatchObject({ newSession: true, foundAgain: false });
    expect(await next('message')).toMatchObject({ own: true, messageId: sent.id, text: 'My printer burns' });

    await org.agent('rep@example.com', { name: 'Rita Rep' });
    const workId = await org.accept('rep@example.com');
    expect(await next('participant-joined')).toMatchObject({ participant: { role: 'Agent', name: 'Rita Rep' } });

    await org.control('POST', `agent-work/${workId}/typing`);
    expect(await next('typing')).toMatchObject({ active: true, from: { name: 'Rita Rep' } });
    await org.control('POST', `agent-work/${workId}/read`);
    expect(await next('read')).toMatchObject({ messageId: sent.id });
    await org.control('POST', `agent-work/${workId}/reply`, { text: 'Throw it out of the window' });
    const reply = await next('message');
    expect(reply).toMatchObject({
      own: false,
      text: 'Throw it out of the window',
      from: { role: 'Agent', name: 'Rita Rep' },
    });
    expect(reply.messagingSessionId).toMatch(/^0Mw/);
    expect(await conversation.typing(true)).toBe(true);
    expect(await conversation.acknowledge('Read', [reply.entryId])).toBe(true);

    await org.control('POST', `agent-work/${workId}/end`);
    expect(await next('session-ended')).toMatchObject({ byRole: 'Agent' });

    expect(await conversation.send('It burns again')).toMatchObject({ newSession: true });
    await next('session-restarted');
    await next('message');
    const sessions = await org.records('SELECT Status, OpencxSessionId__c FROM MessagingSession ORDER BY CreatedDate');
    expect(sessions).toMatchObject([
      { Status: 'Ended', OpencxSessionId__c: 'session-1' },
      { OpencxSessionId__c: 'session-1' },
    ]);
    expect(said(conversation)).toEqual([
      'EndUser: My printer burns',
      'Agent: Throw it out of the window',
      'EndUser: It burns again',
    ]);
    expect(await conversation.sync()).toBe(0);
    expect(events.filter(({ type }) => type === 'unknown')).toEqual([]);
  });
});
