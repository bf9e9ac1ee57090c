import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, test as vitest } from 'vitest';

import { answering, answersOf, answerUntil, everything, start, token } from './interview-story.ts';

// Stories wait for a program most of their time.
const test = vitest.concurrent;

test('all questions are answered, and each answer stays in a line', async () => {
  const session = await start();
  await session.waitFor('Question 1 of 5');
  await answerUntil(session, 6);
  expect(session.screen()).toContain('Question 6 of 6');
  answering[5]?.(session);
  expect(await answersOf(session)).toEqual({ answers: everything, kept: 6 });
  expect(session.screen()).toBe(
    [
      '✓ What is the integration called? Acme',
      '✓ Do agents answer customers by mail? Yes',
      '✓ Which address sends the mails of Acme? help@acme.example',
      '✓ Which queue takes the new cases? Queue 003 Europe',
      '✓ Which fields go on the page layout? OpenCX session',
      '✓ What is the API token of OpenCX? given, not shown',
    ].join('\n'),
  );
});

test('Enter alone takes what is offered; Tab brings it into the line', async () => {
  const session = await start();
  await session.waitFor('Enter alone takes OpenCX');
  session.press('tab');
  await session.waitFor('> OpenCX');
  session.type(' Europe\r');
  await session.waitFor('called? OpenCX Europe');
  await session.waitFor('> No');
  session.press('enter');
  await session.waitFor('✓ Do agents answer customers by mail? No');
  await session.waitFor('Question 3 of 5');
  session.press('ctrl-c');
  await session.ended();
});

test('a wrong answer is kept, said to be wrong, and asked for again', async () => {
  const session = await start();
  await answerUntil(session, 3);
  session.type('help.acme.example\r');
  await session.waitFor('✗ This answer is not a mail address.');
  await session.waitFor('> help.acme.example');
  for (let back = 0; back < 'acme.example'.length; back++) session.press('left');
  session.press('backspace');
  session.type('@\r');
  await session.waitFor('Question 4 of 6');
  expect(session.screen()).toContain('✓ Which address sends the mails of Acme? help@acme.example');
  session.press('ctrl-c');
  await session.ended();
});

test('nothing is no answer to a question that needs one', async () => {
  const session = await start();
  await answerUntil(session, 3);
  session.press('enter');
  await session.waitFor('✗ Something has to be typed here.');
  session.type('a@b');
  await session.waitFor(/> a@b\n/);
  expect(session.screen()).not.toContain('✗');
  session.press('ctrl-c');
  await session.ended();
});

test('going back over a question that does not apply any more, changing, and on', async () => {
  const session = await start();
  await answerUntil(session, 4);
  session.press('escape');
  await session.waitFor('Enter alone takes help@acme.example');
  session.press('escape');
  await session.waitFor('> Yes');
  expect(session.screen()).not.toContain('✓ Do agents');
  session.type('n\r');
  await session.waitFor('Question 3 of 5');
  session.press('shift-tab');
  await session.waitFor('> No');
  session.press('escape');
  await session.waitFor('Enter alone takes Acme');
  expect(session.screen()).not.toContain('✓');
  // There is nothing before the first question.
  expect(session.screen()).not.toContain('Esc');
  session.press('escape');
  // A key at once after Esc would be one with Alt.
  await sleep(1000);
  session.type('Beta\r');
  await session.waitFor('Question 2 of 5');
  session.press('enter');
  await session.waitFor('Question 3 of 5');
  session.type('Africa\r');
  await session.waitFor('✗ There is nothing to take here.');
  session.press('escape');
  await session.waitFor('200 in all');
  session.type('008\r');
  await session.waitFor('Question 4 of 5');
  session.type(` \r${token}\r`);
  expect(await answersOf(session)).toMatchObject({
    answers: { name: 'Beta', replies: false, queue: 'q8', fields: ['session'], token },
  });
  expect(session.everything()).not.toContain('Which address');
});

describe('Ctrl-C', () => {
  const ids = ['name', 'replies', 'sender', 'queue', 'fields', 'token'];
  test.each([1, 2, 3, 4, 5, 6])('at question %i leaves the terminal sane and stdout empty', async (question) => {
    const session = await start();
    await answerUntil(session, question);
    session.type('half');
    session.press('ctrl-c');
    expect(await session.ended()).toEqual({ exitCode: 130, stdout: '', sane: true });
    expect(session.screen()).toContain('INTERRUPTED');
    expect(session.screen()).toContain('Left at the question');
    expect(session.screen()).toContain(`the open question was ${ids[question - 1] ?? ''}`);
    expect(session.screen()).not.toContain(`Question ${question} of`);
  });

  test('while an answer is checked does not wait for the check', async () => {
    const session = await start();
    await session.waitFor('Question 1');
    session.type('slow\r');
    await session.waitFor('… What is the integration called? slow');
    session.press('ctrl-c');
    expect(await session.ended()).toMatchObject({ exitCode: 130, sane: true });
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s leaves as well', async (name) => {
    const session = await start();
    await answerUntil(session, 4);
    await session.signal(name);
    expect(await session.ended()).toEqual({ exitCode: 130, stdout: '', sane: true });
  });

  test('Ctrl-D too; Ctrl-Z does nothing', async () => {
    const session = await start();
    await answerUntil(session, 2);
    session.press('ctrl-z');
    session.type('y');
    await session.waitFor('> Yes');
    session.press('ctrl-d');
    expect(await session.ended()).toMatchObject({ exitCode: 130, sane: true });
  });
});

test('a long list scrolls, and is filtered by typing', async () => {
  const session = await start();
  await answerUntil(session, 4);
  await session.waitFor('> Queue 001 Europe');
  expect(session.screen()).toContain('200 in all; type to filter.');
  expect(session.screen()).not.toContain('Queue 020');
  session.press('page-down');
  session.press('page-down');
  await session.waitFor(/> Queue 0[12]\d/);
  expect(session.screen()).not.toContain('Queue 001 ');
  session.type('19 asia');
  await session.waitFor('> Queue 190 Asia');
  expect(session.screen()).toContain('5 of 200 match.');
  session.press('down');
  await session.waitFor('> Queue 192 Asia');
  session.press('escape');
  await session.waitFor('200 in all; type to filter.');
  expect(session.screen()).toContain('> Queue 192 Asia');
  session.type('005\r');
  await session.waitFor('✗ Queue 005 Europe cannot be taken: it does not take cases.');
  session.press('ctrl-c');
  await session.ended();
});

test('several are ticked, but not what cannot be chosen; the org cannot colour the screen', async () => {
  const session = await start();
  await answerUntil(session, 5);
  session.press('enter');
  await session.waitFor('✗ Choose at least one.');
  session.press('down');
  session.press('space');
  await session.waitFor('> [x] Link to the conversation');
  session.press('down');
  session.press('space');
  await session.waitFor('cannot be taken: needs Einstein.');
  session.press('up');
  session.press('up');
  session.press('space');
  await session.waitFor('2 chosen.');
  expect(session.raw()).not.toContain('Mood\u001B');
  session.press('enter');
  await session.waitFor('layout? OpenCX session, Link to the conversation');
  session.press('ctrl-c');
  await session.ended();
});

test('a secret is never on the screen, not even in what is wrong with it', async () => {
  const session = await start();
  await answerUntil(session, 6);
  session.type('wrong-secret\r');
  await session.waitFor('does not begin with "sk-": [redacted].');
  await session.waitFor('> ************');
  session.press('ctrl-u');
  session.type(`${token}\r`);
  expect((await answersOf(session)).answers.token).toBe(token);
  expect(session.raw()).not.toContain(token);
  expect(session.raw()).not.toContain('wrong-secret');
});

test('what is typed ahead goes to the questions it was meant for', async () => {
  const session = await start();
  await session.waitFor('Question 1');
  session.type(`Acme\ry\rhelp@acme.example\r003\r \r${token}\r`);
  expect((await answersOf(session)).answers).toEqual(everything);
  expect(session.raw()).not.toContain(token);
});

test('what is typed ahead of a wrong answer is forgotten', async () => {
  const session = await start();
  await session.waitFor('Question 1');
  session.type('xavier\ry\r');
  await session.waitFor('✗ This answer begins with an x');
  await session.waitFor(/> xavier\n/);
  session.press('ctrl-c');
  await session.ended();
});

describe('resumed', () => {
  test('the answers so far are offered', async () => {
    const session = await start({ answers: everything });
    for (const offer of [
      'Enter alone takes Acme',
      '> Yes',
      'takes help@acme.example',
      '> Queue 003',
      '> [x] OpenCX session',
    ]) {
      await session.waitFor(offer);
      session.press('enter');
    }
    await session.waitFor('Enter alone takes the one given before.');
    session.press('enter');
    expect(await answersOf(session)).toEqual({ answers: everything, kept: 6 });
    expect(session.raw()).not.toContain(token);
  });

  test('only what is missing is asked', async () => {
    const { sender: _sender, token: _token, ...rest } = everything;
    const session = await start({ answers: rest, onlyMissing: true });
    await session.waitFor('Question 1 of 2');
    session.type('help@acme.example\r');
    await session.waitFor('Question 2 of 2');
    session.press('escape');
    await session.waitFor('Question 1 of 2');
    session.press('enter');
    await session.waitFor('Question 2 of 2');
    session.type(`${token}\r`);
    expect((await answersOf(session)).answers).toEqual(everything);
  });

  test('an answer that has become wrong is asked for again', async () => {
    const session = await start({ answers: { ...everything, queue: 'q5' }, onlyMissing: true });
    await session.waitFor('✗ This answer cannot be chosen any more.');
    expect(session.screen()).toContain('Question 1 of 1');
    session.type('003\r');
    expect(await answersOf(session)).toEqual({ answers: everything, kept: 1 });
  });

  test('nothing is asked, and nothing drawn, if nothing is missing', async () => {
    const session = await start({ answers: everything, onlyMissing: true });
    expect(await answersOf(session)).toEqual({ answers: everything, kept: 0 });
    expect(session.screen()).toBe('');
  });

  test('an answer whose question does not apply is dropped', async () => {
    const session = await start({ answers: { ...everything, replies: false }, onlyMissing: true });
    expect((await answersOf(session)).answers).not.toHaveProperty('sender');
  });
});
