import { expect, test } from 'vitest';

import { jsonInput, typedInput } from '../../../src/commands/messaging/chat/chat-input.ts';

test.each([
  ['Hello there', { kind: 'text', text: 'Hello there' }],
  ['  indented', { kind: 'text', text: '  indented' }],
  ['//etc/hosts', { kind: 'text', text: '/etc/hosts' }],
  ['   ', { kind: 'nothing' }],
  ['/file my picture.png ', { kind: 'file', path: 'my picture.png' }],
  ['/end', { kind: 'end' }],
  ['/quit ', { kind: 'quit' }],
  ['/close', { kind: 'close' }],
  ['/help', { kind: 'help' }],
])('a person types %j', (line, asked) => {
  expect(typedInput(line)).toEqual(asked);
});

test.each(['/file', '/File x', '/', '/constructor'])('a person types %j, which is no command', (line) => {
  expect(typedInput(line).kind).toBe('problem');
});

test.each([
  ['{"text":"a\\nb"}', { kind: 'text', text: 'a\nb' }],
  ['{"file":"x.png"}', { kind: 'file', path: 'x.png' }],
  ['{"typing":false}', { kind: 'typing', active: false }],
  ['{"end":true}', { kind: 'end' }],
  ['{"close":true}', { kind: 'close' }],
  ['{"quit":true}', { kind: 'quit' }],
  ['', { kind: 'nothing' }],
])('a program writes %s', (line, asked) => {
  expect(jsonInput(line)).toEqual(asked);
});

test.each(['hello', '{"text":""}', '{"text":"a","end":true}', '{"end":false}', '[]', '{'])(
  'a program writes %s, which asks for nothing there is',
  (line) => {
    expect(jsonInput(line).kind).toBe('problem');
  },
);
