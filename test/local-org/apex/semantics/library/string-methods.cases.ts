import type { SemanticsCase } from '../semantics-case.ts';

export const stringMethods: readonly SemanticsCase[] = [
  {
    name: 'split with a limit',
    source: `
      String s = 'boo:and:foo';
      System.debug(s.split(':', 2));
      System.debug(s.split(':', 5));
      System.debug(s.split('o', 5));
      System.debug(s.split('o', -2));
      System.debug(s.split('o', 0));
    `,
    prints: ['(boo, and:foo)', '(boo, and, foo)', '(b, , :and:f, , )', '(b, , :and:f, , )', '(b, , :and:f)'],
  },
  {
    name: 'split takes a regular expression',
    source: String.raw`
      System.debug('a1b22c'.split('[0-9]+'));
      System.debug('a.b.c'.split('\\.').size());
    `,
    prints: ['(a, b, c)', '3'],
  },
  {
    name: 'substring by positions',
    source: `
      System.debug('hamburger'.substring(4, 8));
      System.debug('unhappy'.substring(2));
    `,
    prints: ['urge', 'happy'],
  },
  {
    name: 'substring beyond the end throws a StringException',
    source: `try { 'abc'.substring(5); } catch (StringException e) { System.debug(e.getTypeName()); }`,
    prints: ['System.StringException'],
  },
  {
    name: 'abbreviate',
    source: `
      String s = 'Hello Maximillian';
      System.debug(s.abbreviate(8));
      System.debug(s.abbreviate(8).length());
    `,
    prints: ['Hello...', '8'],
  },
  {
    name: 'capitalize, uncapitalize and swapCase touch letters',
    source: `
      System.debug('hello world'.capitalize());
      System.debug('Hello'.uncapitalize());
      System.debug('Force.com'.swapCase());
    `,
    prints: ['Hello world', 'hello', 'fORCE.COM'],
  },
  {
    name: 'center, leftPad and rightPad fill up',
    source: `
      System.debug('[' + 'hi'.center(6) + ']');
      System.debug('ab'.leftPad(5, '*'));
      System.debug('ab'.rightPad(5, '-'));
    `,
    prints: ['[  hi  ]', '***ab', 'ab---'],
  },
  {
    name: 'contains and its relatives',
    source: `
      System.debug('hello'.contains('ell'));
      System.debug('hello'.containsAny('xyzh'));
      System.debug('abcde'.containsOnly('abcdefg'));
      System.debug('Hello'.containsIgnoreCase('HELL'));
      System.debug('abc'.containsNone('def'));
    `,
    prints: ['true', 'true', 'true', 'true', 'true'],
  },
  {
    name: 'positions',
    source: `
      System.debug('abcde'.indexOf('cd'));
      System.debug('abcd abcd'.indexOf('bc', 3));
      System.debug('abcd abcd'.lastIndexOf('bc'));
      System.debug('abc'.indexOf('z'));
    `,
    prints: ['2', '6', '6', '-1'],
  },
  {
    name: 'startsWith and endsWith mind the case',
    source: `
      System.debug('AppExchange'.startsWith('App'));
      System.debug('AppExchange'.startsWith('app'));
      System.debug('AppExchange'.endsWith('change'));
    `,
    prints: ['true', 'false', 'true'],
  },
  {
    name: 'replace is literal, replaceAll and replaceFirst are not',
    source: String.raw`
      System.debug('a.b.c'.replace('.', '-'));
      System.debug('a1b2'.replaceAll('[0-9]', '#'));
      System.debug('a1b2'.replaceFirst('[0-9]', '#'));
    `,
    prints: ['a-b-c', 'a#b#', 'a#b2'],
  },
  {
    name: 'join puts a separator between',
    source: `
      System.debug(String.join(new List<Integer>{ 10, 20, 30 }, '/'));
      System.debug(String.join(new List<String>(), ', ') == '');
    `,
    prints: ['10/20/30', 'true'],
  },
  {
    name: 'format replaces numbered places',
    source: `System.debug(String.format('Hello {0}, shall we {1}?', new List<Object>{ 'Mary', 'go' }));`,
    prints: ['Hello Mary, shall we go?'],
  },
  {
    name: 'escapeSingleQuotes',
    source: String.raw`System.debug(String.escapeSingleQuotes('it\'s'));`,
    prints: [String.raw`it\'s`],
  },
  {
    name: 'repeat and reverse',
    source: `
      System.debug('ab'.repeat(3));
      System.debug('SFDC'.repeat('-', 2));
      System.debug('abc'.reverse());
    `,
    prints: ['ababab', 'SFDC-SFDC', 'cba'],
  },
  {
    name: 'what lies between',
    source: `
      System.debug('xayxby'.substringBetween('x', 'y'));
      System.debug('Force.com.org'.substringBefore('.'));
      System.debug('Force.com.org'.substringAfter('.'));
      System.debug('Force.com.org'.substringAfterLast('.'));
      System.debug('Force.com.org'.substringBeforeLast('.'));
    `,
    prints: ['a', 'Force', 'com.org', 'org', 'Force.com'],
  },
  {
    name: 'left, right and mid',
    source: `
      System.debug('abcdaacd'.left(3));
      System.debug('Hello Max'.right(3));
      System.debug('abcde'.mid(2, 3));
      System.debug('ab'.left(10));
    `,
    prints: ['abc', 'Max', 'cde', 'ab'],
  },
  {
    name: 'questions about the characters',
    source: `
      System.debug('1234567890'.isNumeric());
      System.debug('1.2'.isNumeric());
      System.debug('abc'.isAlpha());
      System.debug('a1'.isAlphanumeric());
      System.debug('abC'.isAllLowerCase());
    `,
    prints: ['true', 'false', 'true', 'true', 'false'],
  },
  {
    name: 'counting matches and removing text',
    source: `
      System.debug('Hello Jane'.countMatches('e'));
      System.debug('Salesforce and force.com'.remove('force'));
      System.debug('Salesforce and force.com'.removeStart('Sales'));
      System.debug('a b  c'.deleteWhitespace());
    `,
    prints: ['2', 'Sales and .com', 'force and force.com', 'abc'],
  },
  {
    name: 'trim takes white space off both ends',
    source: `System.debug('[' + '  hi there '.trim() + ']');`,
    prints: ['[hi there]'],
  },
  {
    name: 'characters by code',
    source: `
      System.debug('Ho Ho'.charAt(3));
      System.debug(String.fromCharArray(new List<Integer>{ 74, 65, 77 }));
    `,
    prints: ['72', 'JAM'],
  },
  {
    name: 'the distance of two words',
    source: `System.debug('Hello Joe'.getLevenshteinDistance('Hello Max'));`,
    prints: ['3'],
  },
  {
    name: 'valueOf of a value',
    source: `System.debug(String.valueOf(12) + String.valueOf(true) + String.valueOf(2.5));`,
    prints: ['12true2.5'],
  },
];
