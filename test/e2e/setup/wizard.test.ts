import { access } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { answerUntil, emailWay, typed, wizardStage, type Answering } from './wizard-story.ts';

const agreeing = 'changes in Local Org?';
const long = 60_000;

/** The messaging channel: down, chosen, and for it alone email is taken away. */
const chooseBoth: Answering = {
  question: 'Which channels shall OpenCX hand over',
  answer: (session) => {
    session.press('down');
    session.press('space');
    session.press('enter');
  },
};
const chooseMessaging: Answering = {
  question: 'Which channels shall OpenCX hand over',
  answer: (session) => {
    session.press('space');
    session.press('down');
    session.press('space');
    session.press('enter');
  },
};

const messagingWay = (issuer: string): Answering[] => [
  { question: 'Which Embedded Service Deployment does OpenCX', answer: typed('') },
  { question: 'What does OpenCX put into "iss"', answer: typed(issuer) },
];

describe('the wizard of opencx-sf init, in a terminal', () => {
  test('Email Cases: questions, plan, consent, set-up, hand-over, and the command that repeats it', async () => {
    const { wizard, configuration, cwd, made } = await wizardStage();
    const session = await wizard();
    await answerUntil(session, emailWay, emailWay.length);
    await session.waitFor(agreeing, long);
    expect(await made()).not.toContain('ApexClass OpenSalesforceCaseManagement');
    session.type('y\r');
    await session.waitFor('To repeat without questions:', long);
    const end = await session.ended();
    expect(end).toMatchObject({ exitCode: 0, sane: true });

    const shown = session.everything();
    expect(shown).toMatch(/Client ID: +\S+/);
    expect(shown).toMatch(/Client Secret: +\S+/);
    expect(shown).toContain('✓ set up, and read back.');
    expect(shown).toMatch(/To repeat without questions: opencx-sf init .*--yes/);
    expect(session.raw()).not.toContain('planted-secret');
    expect(await made()).toEqual(
      expect.arrayContaining(['ApexClass OpenSalesforceCaseManagement', 'ExternalClientApplication OpenCX']),
    );

    const written = await configuration();
    expect(written).toMatchObject({
      blueprint: {
        replyTo: 'help@example.com',
        integrationUsername: 'opencx@example.com',
        orgWideEmailAddress: 'help@example.com',
      },
      setup: {
        mail: { checkDns: false },
        emailToCase: { acceptPermanent: true, mailProvider: 'gmail', owner: { type: 'Queue', name: 'First_Line' } },
      },
    });
    expect(JSON.stringify(written)).not.toContain('planted-secret');
    await expect(access(join(cwd, '.opencx-sf/init.json'))).rejects.toThrow();
  }, 120_000);

  test('both channels: Live Messaging is set up along, with a key that is made on the way', async () => {
    const { wizard, configuration, made, cwd } = await wizardStage();
    const session = await wizard();
    const way = [chooseBoth, ...emailWay.slice(1, -1), ...messagingWay('opencx.example.com'), ...emailWay.slice(-1)];
    await answerUntil(session, way, way.length);
    await session.waitFor(agreeing, long);
    session.type('y\r');
    const end = await session.ended();
    expect(end, session.everything()).toMatchObject({ exitCode: 0, sane: true });
    expect(session.everything()).toMatch(/Key opencx-\S+ was made in/);
    expect(await made()).toEqual(
      expect.arrayContaining(['EmbeddedServiceConfig OpenCX', 'PublicKeyCertificateSet OpenCX_Keyset']),
    );
    expect(await configuration()).toMatchObject({
      setup: { channels: ['email', 'messaging'] },
      messaging: { createDeployment: true, issuer: 'opencx.example.com' },
    });
    await access(join(cwd, '.opencx-sf/messaging-keys/private-key.pem'));
  }, 120_000);

  test('Live Messaging alone asks nothing about mail; without the issuer it waits, and says for what', async () => {
    const { wizard, org, made } = await wizardStage();
    const session = await wizard();
    const way = [
      chooseMessaging,
      ...emailWay.slice(1, 2),
      ...emailWay.slice(7, -1),
      ...messagingWay(''),
      ...emailWay.slice(-1),
    ];
    await answerUntil(session, way, way.length);
    await session.waitFor(agreeing, long);
    session.type('y\r');
    expect(await session.ended()).toMatchObject({ exitCode: 68, sane: true });
    expect(session.everything()).toMatch(/Live Messaging waits: The issuer is open/);
    expect(await made()).not.toContain('EmbeddedServiceConfig OpenCX');
    expect(await org.control('GET', '/mail/settings')).toMatchObject({ emailToCase: false });
  }, 120_000);

  test('wrong answers are told at once and asked again; Esc goes back, and what depends on the answer changes', async () => {
    const { wizard } = await wizardStage();
    const session = await wizard();
    await answerUntil(session, emailWay, 1);
    session.type('help.example.com\r');
    await session.waitFor('✗ This answer is not an e-mail address.');
    session.press('ctrl-u');
    session.type('help@example.com\r');
    await answerUntil(session, emailWay.slice(2), 3);
    await session.waitFor('What shall the queue be called?');
    session.press('escape');
    await session.waitFor('> a new queue');
    session.press('down');
    session.press('enter');
    // Nobody owns new Cases now, so no queue has to be named.
    await session.waitFor('Which address shall AI replies come from?');
    expect(session.screen()).not.toContain('What shall the queue be called?');
    session.press('ctrl-c');
    expect(await session.ended()).toMatchObject({ exitCode: 130, sane: true });
  }, 60_000);

  test('no is no: nothing is written', async () => {
    const { wizard, org, made } = await wizardStage();
    const before = await made();
    const session = await wizard();
    await answerUntil(session, emailWay, emailWay.length);
    await session.waitFor(agreeing, long);
    session.type('\r');
    expect(await session.ended()).toMatchObject({ exitCode: 130, sane: true });
    expect(session.everything()).toContain('Nothing was written.');
    expect(await made()).toEqual(before);
    expect(await org.control('GET', '/mail/settings')).toMatchObject({ emailToCase: false });
  }, 120_000);

  test('without the webhook URL it sets up the rest, and asks again once OpenCX can show it', async () => {
    const { wizard, made } = await wizardStage();
    const session = await wizard();
    await answerUntil(
      session,
      [...emailWay.slice(0, -1), { question: 'Which webhook URL does OpenCX show?', answer: typed('') }],
      emailWay.length,
    );
    await session.waitFor(agreeing, long);
    session.type('y\r');
    await session.waitFor('Which webhook URL does OpenCX show now?', long);
    expect(await made()).not.toContain('NamedCredential OpenCX_Integration');
    session.type('https://hooks.example.com/planted-secret\r');
    await session.waitFor(agreeing, long);
    session.type('y\r');
    expect(await session.ended()).toMatchObject({ exitCode: 0, sane: true });
    expect(await made()).toContain('NamedCredential OpenCX_Integration');
    expect(session.raw()).not.toContain('planted-secret');
  }, 120_000);
});

describe('Ctrl-C', () => {
  test('at every question leaves nothing half done, and the next wizard goes on from there', async () => {
    const { wizard, org, made } = await wizardStage();
    const before = await made();
    for (let index = 0; index < emailWay.length; index += 1) {
      const session = await wizard();
      // What was answered before is not asked again.
      await session.waitFor(emailWay[index]?.question ?? '', long);
      session.press('ctrl-c');
      expect(await session.ended()).toMatchObject({ exitCode: 130, sane: true });
      const again = await wizard();
      await answerUntil(again, emailWay.slice(index, index + 1), 1);
      await again.waitFor(emailWay[index + 1]?.question ?? agreeing, long);
      again.press('ctrl-c');
      expect(await again.ended()).toMatchObject({ exitCode: 130, sane: true });
    }
    expect(await made()).toEqual(before);
    expect(await org.control('GET', '/mail/settings')).toMatchObject({ emailToCase: false });
  }, 240_000);
});

test('a narrow terminal without colour shows whole questions', async () => {
  const { wizard } = await wizardStage(40);
  const session = await wizard('--no-color');
  await answerUntil(session, emailWay, 3);
  expect(session.screen()).toContain('Switch Email-to-Case on?');
  // oxlint-disable-next-line no-control-regex -- it is colour that is looked for
  expect(session.raw()).not.toMatch(/\u001B\[(?:3[0-7]|9[0-7])m/);
  session.press('ctrl-c');
  expect(await session.ended()).toMatchObject({ exitCode: 130, sane: true });
}, 60_000);
