import type { Check } from '../../check.ts';
import { fail, pass } from '../../finding.ts';
import { emailToCase } from '../../readings/email-to-case.ts';
import { inSetup } from '../../setup-page.ts';
import { noEmailCases } from './applies.ts';

export const threading: Check = {
  id: 'email-in.threading',
  title: 'Answers are threaded by subject, body and headers',
  group: 'email-in',
  why: '“Customer replies open a duplicate Case”: the three ways of finding the Case of an answer help each other out.',
  mending: 'opencx-sf verify --fix switches all three on.',
  requires: ['email-in.enabled'],
  reads: [emailToCase],
  appliesTo: noEmailCases,
  fix: ['email-to-case'],
  run: async (context) => {
    const { block, lightningThreading } = await context.read(emailToCase);
    const wanted = lightningThreading
      ? {
          subject: 'enableThreadTokenInSubject',
          body: 'enableThreadTokenInBody',
          headers: 'useEmailHeadersForThreading',
        }
      : { subject: 'enableThreadIDInSubject', body: 'enableThreadIDInBody', headers: 'useEmailHeadersForThreading' };
    const off = Object.entries(wanted).filter(([, element]) => block[element] !== true);
    const data = { kind: lightningThreading ? 'tokens' : 'reference ids', off: off.map(([where]) => where) };
    if (off.length === 0) return pass(`${data.kind} in subject and body, and headers`, { data });
    return fail(`Not threaded by ${off.map(([where]) => where).join(', ')}.`, {
      data,
      evidence: off.map(([, element]) => `CaseSettings.emailToCase.${element} is not true`),
      remedy: [inSetup(context, 'EmailToCase/home', 'Or by hand: Email-to-Case Settings, the three threading boxes.')],
    });
  },
};
