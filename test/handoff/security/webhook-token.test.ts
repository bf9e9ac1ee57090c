import { expect, test } from 'vitest';

import {
  isTokenStrong,
  isTokenWritable,
  newWebhookToken,
  tokenMatcher,
} from '../../../src/handoff/security/webhook-token.ts';

test('a new token can be written into a URL, cannot be guessed, and is another one each time', () => {
  const tokens = Array.from({ length: 50 }, newWebhookToken);
  for (const token of tokens) expect([isTokenWritable(token), isTokenStrong(token)]).toEqual([true, true]);
  expect(new Set(tokens).size).toBe(50);
});

test.each([
  ['5f2c9a1e7b3d4860c1a59e0f7d2b6384', true],
  ['5f2c9a1e7b3d4860c1a59e0f7d2b638', false],
  ['kJ3-x_9QpLm2Vw8RtYz5Bn', true],
  ['kJ3-x_9QpLm2Vw8RtYz5B', false],
  ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', false],
  ['secret', false],
])('the strength of %s is enough for a network: %s', (token, strong) => {
  expect(isTokenStrong(token)).toBe(strong);
});

test.each(['a/b', 'a b', '', 'a?b', 'a%2fb', '..', 'ä'])('%j is no part of a URL', (token) => {
  expect(isTokenWritable(token)).toBe(false);
});

test('only the very token matches', () => {
  const isToken = tokenMatcher('kJ3-x_9QpLm2Vw8RtYz5Bn');
  expect(isToken('kJ3-x_9QpLm2Vw8RtYz5Bn')).toBe(true);
  for (const other of ['', 'kJ3-x_9QpLm2Vw8RtYz5B', 'kJ3-x_9QpLm2Vw8RtYz5Bn ', 'KJ3-x_9QpLm2Vw8RtYz5Bn']) {
    expect(isToken(other)).toBe(false);
  }
});
