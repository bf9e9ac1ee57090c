import { describe, expect, it } from 'vitest';
import { openOrgState } from '../../../../../src/local-org/state/open-org.ts';
import { runApex } from '../../run-apex.ts';
import { evaluate, thrownBy } from './evaluate.ts';

describe('looking into a String', () => {
  it('finds texts by case and regardless of it', async () => {
    expect(
      await evaluate(
        `'Salesforce'.contains('force') + ' ' + 'Salesforce'.contains('Force') + ' ' + 'Salesforce'.containsIgnoreCase('FORCE')`,
        `'abcab'.indexOf('ab', 1) + ' ' + 'abcab'.lastIndexOf('ab') + ' ' + 'abcab'.lastIndexOf('ab', 2) + ' ' + 'abc'.lastIndexOf('a', -1)`,
        `'abcd'.indexOfIgnoreCase('BC') + ' ' + 'ÄÖ'.indexOfIgnoreCase('ö') + ' ' + 'abc'.indexOfAny('xc') + ' ' + 'xxa'.indexOfAnyBut('x')`,
        `'hello'.containsAny('xh') + ' ' + 'hello'.containsNone('xh') + ' ' + 'abab'.containsOnly('ab')`,
        `'aaaa'.countMatches('aa') + ' ' + 'abc'.startsWithIgnoreCase('AB') + ' ' + 'abc'.endsWithIgnoreCase('BC')`,
      ),
    ).toEqual(['true false true', '3 3 0 -1', '1 1 2 2', 'true false true', '2 true true']);
  });

  it('says what a text consists of', async () => {
    expect(
      await evaluate(
        `'é'.isAlpha() + ' ' + 'a b'.isAlphaSpace() + ' ' + 'a1'.isAlphanumeric() + ' ' + '12 3'.isNumericSpace()`,
        `''.isNumeric() + ' ' + '1.2'.isNumeric() + ' ' + ' \\n'.isWhitespace() + ' ' + 'ab'.isAllLowerCase() + ' ' + 'A1'.isAllUpperCase()`,
        `String.isBlank(' ') + ' ' + String.isBlank(null) + ' ' + String.isEmpty(' ') + ' ' + String.isNotBlank('a') + ' ' + String.isNotEmpty('')`,
      ),
    ).toEqual(['true true true true', 'false false true true false', 'true true false true false']);
  });

  it('counts in UTF-16 units and knows code points', async () => {
    expect(
      await evaluate(
        String.raw`'a\uD83D\uDE00b'.length()`,
        String.raw`'a\uD83D\uDE00b'.codePointAt(1)`,
        String.raw`'a\uD83D\uDE00b'.codePointBefore(3)`,
        String.raw`'a\uD83D\uDE00b'.codePointCount(0, 4)`,
        String.raw`'a\uD83D\uDE00b'.offsetByCodePoints(0, 2)`,
        `'ab'.charAt(1)`,
        `'ab'.getChars()`,
        `String.fromCharArray(new List<Integer>{72, 105})`,
      ),
    ).toEqual(['4', '128512', '128512', '3', '3', '98', '(97, 98)', 'Hi']);
  });
});

describe('two Strings', () => {
  it('are equal by case with equals, and regardless of it with ==', async () => {
    expect(
      await evaluate(
        `'abc'.equals('ABC')`,
        `'abc' == 'ABC'`,
        `'abc'.equalsIgnoreCase('ABC')`,
        `'abc'.equalsIgnoreCase(null)`,
      ),
    ).toEqual(['false', 'true', 'true', 'false']);
  });

  it('compare by their characters, as in Java', async () => {
    expect(
      await evaluate(
        `'abcde'.compareTo('abcd')`,
        `'a'.compareTo('c')`,
        `'Hello'.hashCode()`,
        `'Hello Jane'.difference('Hello Max')`,
        `'abcd'.indexOfDifference('abxc')`,
        `'same'.indexOfDifference('same')`,
        `'Hello Joe'.getLevenshteinDistance('Hello Max')`,
        `'Hello Jane'.getLevenshteinDistance('Hello Max', 2)`,
        `'Hello Jane'.getLevenshteinDistance('Hello Max', 3)`,
        `String.getCommonPrefix(new List<String>{'SFDCApex', 'SFDCVisualforce'})`,
      ),
    ).toEqual(['1', '-2', '69609650', 'Max', '2', '-1', '3', '-1', '3', 'SFDC']);
  });
});

describe('parts of a String', () => {
  it('are cut by position', async () => {
    expect(
      await evaluate(
        `'hamburger'.substring(4, 8)`,
        `'hamburger'.substring(9) + '.'`,
        `'abcdaacd'.left(2) + ' ' + 'abcdaacd'.right(2) + ' ' + 'abc'.left(9) + ' ' + 'abc'.mid(1, 1) + ' ' + 'abc'.mid(-1, 2)`,
      ),
    ).toEqual(['urge', '.', 'ab cd abc b ab']);
  });

  it('do not reach beyond the text', async () => {
    expect(
      await thrownBy([
        `'hello'.substring(7);`,
        `'hello'.substring(-1);`,
        `'hello'.substring(0, 9);`,
        `'hello'.substring(3, 1);`,
        `'hello'.left(9);`,
      ]),
    ).toEqual([
      'System.StringException: Starting position out of bounds: 7',
      'System.StringException: Starting position out of bounds: -1',
      'System.StringException: Ending position out of bounds: 9',
      'System.StringException: Ending position out of bounds: 1',
      'nothing',
    ]);
  });

  it('are cut by separators', async () => {
    expect(
      await evaluate(
        `'a.b.c'.substringBefore('.') + ' ' + 'a.b.c'.substringBeforeLast('.') + ' ' + 'a.b.c'.substringAfter('.') + ' ' + 'a.b.c'.substringAfterLast('.')`,
        `'tagYellowtag'.substringBetween('tag') + ' ' + 'x(y)z'.substringBetween('(', ')') + ' ' + 'none'.substringBetween('(', ')')`,
        `'Lightning.platform'.splitByCharacterType()`,
        `'fooBarURL12'.splitByCharacterTypeCamelCase()`,
        `'a-b'.remove('-') + ' ' + 'ABC'.removeStart('AB') + ' ' + 'ABC'.removeEndIgnoreCase('bc') + ' ' + 'ABC'.removeEnd('bc')`,
        `'<b>hello</b> world'.stripHtmlTags()`,
      ),
    ).toEqual([
      'a a.b b.c c',
      'Yellow y null',
      '(L, ightning, ., platform)',
      '(foo, Bar, URL, 12)',
      'ab C A ABC',
      'hello world',
    ]);
  });
});

describe('a changed String', () => {
  it('changes its case', async () => {
    expect(
      await evaluate(
        `'hello world'.capitalize() + ' ' + 'Hello'.uncapitalize() + ' ' + 'Force.com'.swapCase()`,
        `'Abc'.toUpperCase() + 'Abc'.toLowerCase() + 'i'.toUpperCase('tr')`,
      ),
    ).toEqual(['Hello world hello fORCE.COM', 'ABCabcİ']);
  });

  it('is padded, centred, repeated and shortened', async () => {
    expect(
      await evaluate(
        `'hello'.center(9, '-') + ' ' + 'ab'.leftPad(5, 'xy') + ' ' + 'ab'.rightPad(4) + '.'`,
        `'SFDC'.repeat(2) + ' ' + 'SFDC'.repeat('-', 2) + ' ' + 'abc'.reverse() + ' ' + 'abcdef'.overlay('zz', 2, 4)`,
        `'Hello Maximillian'.abbreviate(8) + ' ' + 'Hello Maximillian'.abbreviate(9, 6) + ' ' + 'short'.abbreviate(9)`,
        `' a  b\\t c '.normalizeSpace() + '.' + ' a\\n'.trim() + '.' + ' a b '.deleteWhitespace()`,
        `'axbxc'.replace('x', '$1')`,
      ),
    ).toEqual([
      '--hello-- xyxab ab  .',
      'SFDCSFDC SFDC-SFDC cba abzzef',
      'Hello... ...Max... short',
      'a b c.a.ab',
      'a$1b$1c',
    ]);
    expect(await thrownBy([`'Hello Maximillian'.abbreviate(3);`])).toEqual([
      'System.StringException: Minimum abbreviation width is 4',
    ]);
  });

  it('is made safe for other languages', async () => {
    expect(
      await evaluate(
        String.raw`'"<Black&White>" €\''.escapeHtml4()`,
        `'&lt;b&gt; &eacute;&#65;&#x42; &unknown;'.unescapeHtml4()`,
        String.raw`'<a b="c">\'&'.escapeXml()`,
        `'&lt;&apos;&#33;'.unescapeXml()`,
        String.raw`'a"b\\c\n\u00ea'.escapeJava()`,
        String.raw`'a\\tb\\u00eac'.unescapeJava()`,
        String.raw`'it\'s </script>'.escapeEcmaScript()`,
        String.raw`'voc\u00ea'.escapeUnicode()`,
        `'Max1, "Max2"'.escapeCsv()`,
        `'"Max1, ""Max2"""'.unescapeCsv()`,
        String.raw`String.escapeSingleQuotes('O\'Neil')`,
      ),
    ).toEqual([
      `&quot;&lt;Black&amp;White&gt;&quot; &euro;'`,
      '<b> éAB &unknown;',
      '&lt;a b=&quot;c&quot;&gt;&apos;&amp;',
      `<'!`,
      String.raw`a\"b\\c\n\u00EA`,
      'a\tbêc',
      String.raw`it\'s <\/script>`,
      String.raw`voc\u00EA`,
      '"Max1, ""Max2"""',
      'Max1, "Max2"',
      String.raw`O\'Neil`,
    ]);
  });
});

describe('texts made of other values', () => {
  it('read like their values; null stays null', async () => {
    expect(
      await evaluate(
        `String.valueOf(12)`,
        `String.valueOf(12L)`,
        `String.valueOf(1.50)`,
        `String.valueOf(Double.valueOf('3'))`,
        `String.valueOf(true)`,
        `String.valueOf(Date.newInstance(2026, 1, 2))`,
        `String.valueOf((Object) null) == null`,
        `String.valueOf(new List<Integer>{1, 2})`,
      ),
    ).toEqual(['12', '12', '1.50', '3.0', 'true', '2026-01-02', 'true', '(1, 2)']);
  });

  it('show a Datetime on the clock of the running user', async () => {
    const { state: org, close } = openOrgState();
    const source = `
      Datetime t = Datetime.newInstanceGmt(2026, 7, 1, 22, 30, 0);
      System.debug(String.valueOf(t) + ', ' + String.valueOfGmt(t));
    `;
    expect(await runApex(source, { org })).toEqual(['2026-07-01 22:30:00, 2026-07-01 22:30:00']);
    const { adminUserId } = org.settings;
    org.records.update('User', adminUserId, { TimeZoneSidKey: 'Europe/Berlin' }, adminUserId);
    expect(await runApex(source, { org })).toEqual(['2026-07-02 00:30:00, 2026-07-01 22:30:00']);
    close();
  });

  it('are joined and filled in', async () => {
    expect(
      await evaluate(
        `String.join(new List<Integer>{1, 2, 3}, ', ')`,
        `String.join(new Set<String>{'a', 'b'}, '')`,
        `String.format('Hello {0}, {1} of {2}', new List<Object>{'Ada', 1, 1.5})`,
        String.raw`String.format('It\'\'s {0} and \'{0}\'', new List<String>{'Ada'})`,
        `String.format('{0} {1}', new List<String>{'a'})`,
      ),
    ).toEqual(['1, 2, 3', 'ab', 'Hello Ada, 1 of 1.5', "It's Ada and {0}", 'a {1}']);
    expect(
      await thrownBy([
        `String.format('{0,number}', new List<String>{'1'});`,
        `String.format('{0', new List<String>());`,
      ]),
    ).toEqual([
      'System.StringException: Cannot format given Object as a Number',
      'System.StringException: Unmatched braces in the pattern.',
    ]);
  });
});

it('a method that is given null says so', async () => {
  expect(await thrownBy([`String none; 'abc'.contains(none);`, `String none; none.length();`])).toEqual([
    'System.NullPointerException: Argument cannot be null.',
    'System.NullPointerException: Attempt to de-reference a null object',
  ]);
});
