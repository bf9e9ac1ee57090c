import { describe, expect, test } from 'vitest';

import { matchSymptom } from '../../../src/diagnose/symptoms/match-symptom.ts';
import { symptoms } from '../../../src/diagnose/symptoms/symptoms.ts';

describe('words for a symptom', () => {
  test.each(symptoms.map(({ id, title }) => [title, id]))('the heading "%s" means %s', (title, id) => {
    expect(matchSymptom(title).id).toBe(id);
    expect(matchSymptom(title.toUpperCase()).id).toBe(id);
  });

  test.each([
    ['no-case', 'no-case'],
    ['no case', 'no-case'],
    ['No case appears!', 'no-case'],
    ['case not created after handoff', 'no-case'],
    ['duplicate case', 'duplicate-case'],
    ['customer replies create duplicate cases', 'duplicate-case'],
    ['ai replies never delivered to the customer', 'ai-replies-not-received'],
    ['gmal forwarding code', 'gmail-unverified'],
    ['google verification code stuck', 'gmail-unverified'],
    ['credentials will not save', 'credentials-wont-save'],
    ['cannot connect, redirect uri mismatch', 'connect-fails'],
    ['SINGLE_EMAIL_LIMIT_EXCEEDED', 'email-limit'],
    ['daily email limit exceeded', 'email-limit'],
    ['rep replies do not reach customers', 'rep-replies-not-received'],
    ["agent's reply does not sync to opencx inbox", 'rep-replies-not-received'],
    ['replies from customers never reach salesforce', 'replies-never-reach-salesforce'],
  ])('"%s" means %s', (words, id) => {
    expect(matchSymptom(words).id).toBe(id);
  });

  test.each(['', 'help', 'bananas', 'replies'])('"%s" means none for sure, and says what there is', (words) => {
    expect(() => matchSymptom(words)).toThrowError(
      expect.objectContaining({
        code: 'USAGE',
        nextSteps: expect.arrayContaining([expect.stringContaining('Symptoms: ')]),
      }),
    );
  });
});
