import { expect, test } from 'vitest';

import { newSessionId, openWorld } from './world.ts';

test(
  'a chat is handed off, taken by a representative, answered both ways and ended; OpenCX hears of all of it',
  { timeout: 180_000 },
  async () => {
    const world = await openWorld('messaging');
    const { api, told, rep, control } = world;
    await control('POST', '/messaging/agents', { username: 'rep@example.com', name: 'Rita Rep' });
    const sessionId = newSessionId();
    const handoff = {
      sessionId,
      channel: 'web',
      contact: { email: 'jane@customer.test', name: 'Jane Doe' },
      summary: 'Wants her money back.',
      language: 'en',
      transcript: [{ role: 'contact', text: 'I want my money back.' }],
    };
    expect(await api('POST', '/handoffs', handoff)).toMatchObject({ status: 202, body: { sessionId } });
    const done = await told('session.handoff_completed');
    expect(done).toMatchObject({ sessionId, channel: 'web', state: 'open' });
    const conversationId = done.conversationId ?? '';

    const work = await rep.accept();
    expect(await told('agent.joined')).toMatchObject({ sessionId, agent: { name: 'Rita Rep' } });
    expect(await told('session.handed_off')).toMatchObject({ state: 'handedOff' });
    expect((await rep.sees(conversationId)).map(({ text }) => text).join('\n')).toContain('I want my money back.');

    await rep.reply(work, 'It is on its way.');
    expect(await told('message.agent')).toMatchObject({ sessionId, message: { text: 'It is on its way.' } });
    const messages = `/sessions/${sessionId}/messages`;
    expect(await api('POST', messages, { role: 'contact', text: 'Thank you!' })).toMatchObject({ status: 202 });
    await told('message.delivered');
    expect(await rep.sees(conversationId)).toContainEqual({ role: 'EndUser', text: 'Thank you!' });
    expect(await api('POST', messages, { role: 'ai', text: 'Anything else?' })).toMatchObject({ status: 409 });

    await rep.does(work, 'end');
    expect(await told('session.resolved')).toMatchObject({ sessionId, state: 'resolved' });
    const { body } = await api('GET', `/sessions/${sessionId}`);
    expect(body).toMatchObject({ state: 'resolved', conversationId });
    expect(await world.serve.stop()).toMatchObject({ waiting: 0, dead: 0 });
  },
);
