import { describe, expect, test } from 'vitest';

import { openTestStore } from '../serving.ts';
import { aDesk, anOrg, handOver, heard, outcomeOf, saidIn, sessionOf, write } from './desk.ts';

const base64 = Buffer.from('%PDF-1.7 a small one').toString('base64');
const letter = { name: 'letter.pdf', contentType: 'application/pdf', base64 };
const huge = {
  name: 'film.mp4',
  contentType: 'video/mp4',
  base64: Buffer.alloc(5 * 1024 * 1024 + 1).toString('base64'),
};

describe('files', () => {
  test('of a handoff and of a message are sent once each; one that is too large is named to the representative', async () => {
    const org = await anOrg();
    const { store } = await openTestStore();
    const { desk } = await aDesk(store, org);
    await org.client.control('POST', 'faults', { kind: 'drop-after', match: { path: '/file$' }, times: 1 });
    const sessionId = await handOver(store, desk, { attachments: [letter, huge] });
    await heard(store, sessionId, 'session.handoff_completed');
    await write(store, desk, sessionId, { text: 'And this', attachments: [letter] });
    await heard(store, sessionId, 'message.delivered');
    const session = await sessionOf(store, sessionId);
    const { body } = await org.control('GET', `conversations/${session.conversationId}`);
    const files = (body.entries as { files?: { name: string }[] }[]).flatMap((entry) => entry.files ?? []);
    expect(files.map(({ name }) => name)).toEqual(['letter.pdf', 'letter.pdf']);
    expect(await saidIn(org, session)).toContain(
      'EndUser: [OpenCX] The file film.mp4 is in OpenCX alone: Salesforce does not take it.',
    );
    const { attempts } = await outcomeOf(store, sessionId, 'handoff');
    const answer = JSON.parse(Buffer.from(attempts.at(-1)?.response?.body ?? []).toString()) as { files: object[] };
    expect(answer.files).toEqual([
      expect.objectContaining({ name: 'letter.pdf' }),
      expect.objectContaining({ name: 'film.mp4', refused: expect.stringContaining('5 MB') }),
    ]);
  });
});
