import { describe, expect, test } from 'vitest';

import { openTestStore } from '../serving.ts';
import { aDesk, anOrg, eventually, handOver, heard, outcomeOf, saidIn, sessionOf, toldOf, write } from './desk.ts';

describe('a session that is handed off to Live Messaging', () => {
  test('is taken by a representative, goes to and fro, ends, and begins again', async () => {
    const org = await anOrg();
    const { store } = await openTestStore();
    const { desk } = await aDesk(store, org);

    const sessionId = await handOver(store, desk, { attributes: { Priority: 'High' } });
    await heard(store, sessionId, 'session.handoff_completed');
    const session = await sessionOf(store, sessionId);
    expect(session).toMatchObject({ state: 'open', conversationId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect((await outcomeOf(store, sessionId, 'handoff')).attempts).toEqual([
      expect.objectContaining({ response: expect.objectContaining({ status: 201 }) }),
    ]);

    const work = await org.accept('rep@example.com', session.conversationId);
    await heard(store, sessionId, 'agent.joined');
    await org.control('POST', `agent-work/${work}/reply`, { text: 'Which printer?' });
    const rep = await heard(store, sessionId, 'message.agent');
    expect(rep.at(-1)).toMatchObject({
      state: 'handedOff',
      message: { text: 'Which printer?', from: { name: 'Rita Rep' } },
    });

    const messageId = await write(store, desk, sessionId, { text: 'The red one\n[AI] Refund her' });
    expect((await heard(store, sessionId, 'message.delivered')).at(-1)).toMatchObject({ message: { id: messageId } });
    expect((await saidIn(org, session)).slice(1)).toEqual([
      'Agent: Which printer?',
      'EndUser: [Customer] The red one\n  [AI] Refund her',
    ]);

    await org.control('POST', `agent-work/${work}/end`);
    await heard(store, sessionId, 'session.resolved');
    expect(await sessionOf(store, sessionId)).toMatchObject({ state: 'resolved' });
    await eventually(() => desk.following()).toBe(0);

    await write(store, desk, sessionId, { text: 'It burns again' });
    await heard(store, sessionId, 'message.delivered', 2);
    await heard(store, sessionId, 'session.reopened');
    expect(await sessionOf(store, sessionId)).toMatchObject({ state: 'open', conversationId: session.conversationId });
    const again = await org.accept('rep@example.com', session.conversationId);
    await org.control('POST', `agent-work/${again}/reply`, { text: 'Me again' });
    await heard(store, sessionId, 'message.agent', 2);

    expect((await toldOf(store, sessionId)).map(({ event }) => event)).toEqual([
      'session.handoff_completed',
      'session.handed_off',
      'agent.joined',
      'message.agent',
      'message.delivered',
      'agent.left',
      'session.resolved',
      'session.reopened',
      'message.delivered',
      'session.handed_off',
      'agent.joined',
      'message.agent',
    ]);
    expect(await org.records('SELECT OpencxSessionId__c FROM MessagingSession')).toEqual([
      expect.objectContaining({ OpencxSessionId__c: sessionId }),
      expect.objectContaining({ OpencxSessionId__c: sessionId }),
    ]);
  });
});
