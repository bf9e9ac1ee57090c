import { ApexErrorListener, ApexParserFactory } from '@apexdevtools/apex-parser';
import { describe, expect, test } from 'vitest';

import { deactivatedTrigger, withoutComments } from '../../../src/provision/plan/hand-made.ts';
import type { OrgApex } from '../../../src/provision/org/org-components.ts';

function trigger(body: string): OrgApex {
  return {
    id: '01q000000000001AAA',
    type: 'ApexTrigger',
    name: 'CaseTrigger',
    object: 'Case',
    body,
    apiVersion: '60.0',
    status: 'Active',
    isValid: true,
    lastModifiedDate: '2026-01-01T00:00:00.000+0000',
  };
}

function syntaxErrors(source: string): string[] {
  const errors: string[] = [];
  class Collector extends ApexErrorListener {
    override apexSyntaxError(line: number, column: number, message: string): void {
      errors.push(`${line}:${column} ${message}`);
    }
  }
  ApexParserFactory.createLexerAndParser(source, new Collector()).parser.triggerUnit();
  return errors;
}

describe('comments are not code', () => {
  test.each([
    ['a line comment', "a(); // b.call('x')\nc();", 'a();  \nc();'],
    ['a block comment', 'a(); /* b();\n c(); */ d();', 'a();   d();'],
    ['a comment mark inside a text', "String s = 'https://x'; b();", "String s = 'https://x'; b();"],
    [
      'an escaped quote inside a text',
      String.raw`String s = 'it\'s // no comment'; b();`,
      String.raw`String s = 'it\'s // no comment'; b();`,
    ],
  ])('%s', (_what, source, code) => {
    expect(withoutComments(source)).toBe(code);
  });
});

describe('a trigger that is switched off', () => {
  test.each([
    ['with a comment inside', 'trigger CaseTrigger on Case (after insert) {\n  /* old */ X.y(Trigger.new);\n}'],
    ['with several events', 'trigger CaseTrigger on Case (after insert,\n  after update) { X.y(Trigger.new); }'],
    ['with a comment before its events', 'trigger CaseTrigger on Case /* all */ (before insert) { X.y(); }'],
  ])('still parses, is empty, inactive, and keeps what it was: %s', (_what, body) => {
    const [source, meta] = deactivatedTrigger(trigger(body));
    expect(syntaxErrors(source?.content ?? '')).toEqual([]);
    expect(withoutComments(source?.content ?? '').replaceAll(/\s+/g, ' ')).toMatch(
      /^trigger CaseTrigger on Case \([a-z ,]+\) \{ \} ?$/,
    );
    expect(source?.content).toContain('X.y(');
    expect(meta?.content).toContain('<status>Inactive</status>');
  });
});
