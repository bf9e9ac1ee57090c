import { randomUUID } from 'node:crypto';

import { soon, type OpenCx } from './actors.ts';
import type { World } from './world.ts';

const username = 'rep@example.com';

/** A chat is handed off, taken by a representative, answered both ways, and ended. */
export async function chatStory(world: World, opencx: OpenCx, say: (who: string, what: string) => void): Promise<void> {
  await world.outside('POST', '/messaging/agents', { username, name: 'Rita Rep' });
  const sessionId = randomUUID();
  await world.api('POST', '/handoffs', {
    sessionId,
    channel: 'web',
    contact: { name: 'John Roe', email: 'john@customer.test' },
    summary: 'Wants his money back.',
    language: 'en',
    transcript: [
      { role: 'contact', text: 'I want my money back.' },
      { role: 'ai', text: 'I get a colleague for that.' },
    ],
  });
  await opencx.hears('session.handoff_completed');
  say('OpenCX', `hands a chat off: session ${sessionId.slice(0, 8)}, with summary and transcript`);
  const work = await soon('the chat is offered', async () => {
    const { work: offered } = await world.outside<{ work: { id: string; status: string }[] }>(
      'GET',
      `/messaging/agent-work?agent=${username}`,
    );
    return offered.find(({ status }) => status === 'Assigned')?.id;
  });
  await world.outside('POST', `/messaging/agent-work/${work}/accept`);
  await opencx.hears('agent.joined');
  await opencx.hears('session.handed_off');
  say('Salesforce', 'the flow routes it; Rita Rep takes it, and the AI is paused');
  await world.outside('POST', `/messaging/agent-work/${work}/reply`, { text: 'It is on its way, John.' });
  const reply = await opencx.hears('message.agent');
  say('Rep', `writes, and OpenCX has it: "${reply.message?.text ?? ''}"`);
  await world.api('POST', `/sessions/${sessionId}/messages`, { role: 'contact', text: 'Thank you!' });
  await opencx.hears('message.delivered');
  say('Customer', 'writes "Thank you!", which stands in the conversation');
  await world.outside('POST', `/messaging/agent-work/${work}/end`);
  await opencx.hears('session.resolved');
  say('Rep', 'ends the session; it is resolved');
}
