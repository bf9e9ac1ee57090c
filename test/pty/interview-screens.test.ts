import { describe, expect, test as vitest } from 'vitest';

import { answering, answersOf, answerUntil, start } from './interview-story.ts';
import type { PtySession } from './pty.ts';

const test = vitest.concurrent;

// oxlint-disable-next-line no-control-regex -- colour begins with a control character
const colour = /\u001B\[[\d;]*m/;

/** What each question shows. */
const texts = [
  [
    'The name is shown to agents on every case that OpenCX opens for a customer.',
    'What is the integration called?',
    'Enter alone takes OpenCX',
    'Enter: next · Tab: edit · Ctrl-C: leave',
  ],
  [
    'If they do, an address that sends the mails is needed.',
    'Do agents answer customers by mail?',
    '  Yes',
    '> No',
    '↑↓: move · Enter: next · Esc: back · Ctrl-C: leave',
  ],
  [
    'The organisation must own the address.',
    'Which address sends the mails of Acme?',
    'Enter: next · Esc: back · Ctrl-C: leave',
  ],
  [
    'Cases that nobody takes from there stay unanswered, so choose a queue that somebody watches.',
    'Which queue takes the new cases?',
    '> Queue 001 Europe',
    '  Queue 005 Europe (it does not take cases)',
    'Takes the cases of team number 1, which answers them during its own office hours.',
    '200 in all; type to filter.',
    '↑↓: move · Enter: next · Esc: back · Ctrl-C: leave',
  ],
  [
    'Agents see them at the top of a case.',
    'Which fields go on the page layout?',
    '> [ ] OpenCX session',
    '  [ ] Link to the conversation',
    '  [ ] Mood[31m of the customer (needs Einstein)',
    '0 chosen.',
    '↑↓: move · Space: choose · Enter: next · Esc: back · Ctrl-C: leave',
  ],
  [
    'It goes into a named credential of the org and nowhere else.',
    'What is the API token of OpenCX?',
    'What you type is not shown.',
    'Enter: next · Esc: back · Ctrl-C: leave',
  ],
];

/** The rows as one text: broken only where words end, every broken text reads as it was written. */
function joined(screen: string): string {
  return screen.replaceAll(/\s+/g, ' ').replaceAll(' · ', ' ');
}

describe.each([80, 40])('on %i columns', (columns) => {
  test.each([1, 2, 3, 4, 5, 6])('question %i is whole, and no word is broken', async (question) => {
    const session = await start({ columns });
    await answerUntil(session, question);
    for (const text of texts[question - 1] ?? []) {
      await waitForText(session, text);
    }
    session.press('ctrl-c');
    await session.ended();
  });

  test('what is wrong is whole too', async () => {
    const session = await start({ columns });
    await session.waitFor('Question 1');
    session.type('xavier\r');
    await waitForText(session, '✗ This answer begins with an x, which names of Salesforce itself do.');
    await session.waitFor(/> xavier\n/);
    session.press('ctrl-c');
    await session.ended();
  });

  test('an answer longer than the screen is broken anywhere, and leaves nothing behind', async () => {
    const session = await start({ columns });
    const name = 'a'.repeat(columns * 2 + 10);
    await session.waitFor('Question 1');
    session.type(name);
    await session.waitFor(`\n${'a'.repeat(columns)}\n`);
    for (let times = 0; times < columns; times++) session.press('backspace');
    session.press('enter');
    await session.waitFor('Question 2');
    expect(session.screen().split('\n')[0]).toBe('✓ What is the integration called?');
    session.press('escape');
    await session.waitFor('Question 1');
    expect(session.screen()).not.toContain('✓');
    session.press('ctrl-c');
    await session.ended();
    expect(session.everything()).not.toContain('aaa');
  });
});

test('a long list on a low screen stays in one piece', async () => {
  const session = await start({ rows: 16, columns: 60 });
  await answerUntil(session, 4);
  await session.waitFor('> Queue 001');
  for (let times = 0; times < 30; times++) session.press('down');
  await session.waitFor('> Queue 031');
  session.type('020');
  await session.waitFor('> Queue 020');
  expect(session.everything().match(/Question 4 of/g)).toHaveLength(1);
  session.press('ctrl-c');
  await session.ended();
});

describe('colour', () => {
  test('is there by default', async () => {
    const session = await start();
    await session.waitFor('Question 1');
    session.press('ctrl-c');
    await session.ended();
    expect(session.raw()).toMatch(colour);
  });

  test.each([{ NO_COLOR: '1' }, { NO_COLOR: '1', FORCE_COLOR: '3' }])('is not with %o', async (env) => {
    const session = await start({ env });
    await answerUntil(session, 6);
    answering[5]?.(session);
    await answersOf(session);
    expect(session.raw()).not.toMatch(colour);
  });
});

async function waitForText(session: PtySession, text: string): Promise<void> {
  await session.waitFor((screen) => joined(screen).includes(joined(text)));
}
