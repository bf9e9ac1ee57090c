import { expect, test } from 'vitest';

import { openServeNews } from '../../../src/handoff/inspector/serve-news.ts';
import { manualClock } from '../manual-clock.ts';

const told = { type: 'told', at: 9, eventId: 'evt', name: 'session.resolved', channel: 'web' } as const;

test('event streams are told to be lost as long as one is: all of them first, then the one lost longest', () => {
  const news = openServeNews(manualClock());
  expect(news.streams()).toBeUndefined();
  news.hear({ type: 'stream-lost', at: 2, sessionId: 'b', reason: 'reset' });
  news.hear({ type: 'stream-lost', at: 1, sessionId: 'a', reason: 'no answer' });
  news.hear({ type: 'stream-lost', at: 3, sessionId: 'c', reason: 'reset' });
  expect(news.streams()?.failing).toEqual({ since: 1, reason: 'session a and 2 more: no answer' });
  news.hear({ type: 'messaging-lost', since: 4, conversations: 3, reason: 'all are away' });
  expect(news.streams()?.failing).toEqual({ since: 4, reason: '3 not followed: all are away' });
  news.hear({ type: 'messaging-resumed', since: 4, at: 5 });
  news.hear({ type: 'stream-resumed', sessionId: 'a', since: 1, at: 5 });
  news.hear({ ...told, sessionId: 'b', state: 'open' });
  expect(news.streams()?.failing).toEqual({ since: 2, reason: 'session b and 1 more: reset' });
  news.hear({ ...told, sessionId: 'b', state: 'resolved' });
  expect(news.streams()?.failing).toEqual({ since: 3, reason: 'session c: reset' });
  news.hear({ type: 'stream-resumed', sessionId: 'c', since: 3, at: 6 });
  expect(news.streams()).toEqual({ name: 'event streams', failing: undefined });
});
