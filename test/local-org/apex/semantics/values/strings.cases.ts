import type { SemanticsCase } from '../semantics-case.ts';

export const strings: readonly SemanticsCase[] = [
  {
    name: '== ignores case',
    source: `
      String a = 'Acme';
      System.debug(a == 'ACME');
      System.debug(a != 'acme');
      System.debug(a == 'Acm');
    `,
    prints: ['true', 'false', 'false'],
  },
  {
    name: 'equals does not ignore case, equalsIgnoreCase does',
    source: `
      System.debug('abc'.equals('ABC'));
      System.debug('abc'.equals('abc'));
      System.debug('abc'.equalsIgnoreCase('ABC'));
    `,
    prints: ['false', 'true', 'true'],
  },
  {
    name: 'null equals only null',
    source: `
      String s;
      System.debug(s == null);
      System.debug(s == '');
      System.debug('' == null);
    `,
    prints: ['true', 'false', 'false'],
  },
  {
    name: 'letters order by alphabet',
    source: `
      System.debug('apple' < 'banana');
      System.debug('pear' > 'apple');
      System.debug('apple' <= 'apple');
    `,
    prints: ['true', 'true', 'true'],
  },
  {
    name: 'any text is greater than null',
    source: `
      String none;
      System.debug('a' > none);
      System.debug(none < 'a');
      System.debug(none > 'a');
    `,
    prints: ['true', 'true', 'false'],
  },
  {
    name: '+ adds numbers until the first text',
    source: `
      System.debug(1 + 2 + 'a');
      System.debug('a' + 1 + 2);
      System.debug('a' + (1 + 2));
    `,
    prints: ['3a', 'a12', 'a3'],
  },
  {
    name: 'null joins as a word',
    source: `
      String s;
      System.debug('value: ' + s);
      Integer i;
      System.debug(i + '!');
    `,
    prints: ['value: null', 'null!'],
  },
  {
    name: 'Booleans and Decimals join as they print',
    source: `System.debug('is ' + true + ', costs ' + 1.5);`,
    prints: ['is true, costs 1.5'],
  },
  {
    name: '+= appends',
    source: `
      String s = 'a';
      s += 'b';
      s += 1;
      System.debug(s);
    `,
    prints: ['ab1'],
  },
  {
    name: 'methods give a new text and leave the old one',
    source: `
      String s = 'abc';
      String upper = s.toUpperCase();
      s.replace('a', 'z');
      System.debug(s + ' ' + upper);
    `,
    prints: ['abc ABC'],
  },
  {
    name: 'a method of null throws',
    source: `
      String s;
      System.debug(s.length());
    `,
    throws: 'System.NullPointerException: Attempt to de-reference a null object',
  },
  {
    name: 'escapes',
    source: String.raw`
      System.debug('it\'s');
      System.debug('a\\b');
      System.debug('a\tb'.length());
      System.debug('\u0041');
    `,
    prints: [`it's`, String.raw`a\b`, '3', 'A'],
  },
  {
    name: 'empty text is not null',
    source: `
      String s = '';
      System.debug(s.length());
      System.debug(s == null);
      System.debug(String.isEmpty(s));
      System.debug(String.isEmpty(null));
    `,
    prints: ['0', 'false', 'true', 'true'],
  },
  {
    name: 'blank is empty, null or only white space',
    source: `
      System.debug(String.isBlank('  '));
      System.debug(String.isBlank(null));
      System.debug(String.isNotBlank(' a '));
      System.debug(String.isNotEmpty('  '));
    `,
    prints: ['true', 'true', 'true', 'true'],
  },
  {
    name: 'compareTo tells the order',
    source: `
      System.debug('abcde'.compareTo('abcd') > 0);
      System.debug('abc'.compareTo('abc'));
      System.debug('abc'.compareTo('abd') < 0);
    `,
    prints: ['true', '0', 'true'],
  },
  {
    name: 'an Id compares equal to its short form',
    source: `
      Account a = new Account(Name = 'Acme');
      insert a;
      String whole = a.Id;
      Id shorter = whole.substring(0, 15);
      System.debug(shorter == a.Id);
      System.debug(whole.length());
    `,
    prints: ['true', '18'],
  },
  {
    name: 'text that is no id cannot become one',
    source: `
      String text = 'not an id';
      Id bad = text;
    `,
    throws: 'System.StringException: Invalid id: not an id',
  },
];
