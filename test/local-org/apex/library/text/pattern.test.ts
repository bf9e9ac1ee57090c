import { describe, expect, it } from 'vitest';
import { runApex } from '../../run-apex.ts';
import { evaluate, thrownBy } from './evaluate.ts';

describe('a Matcher', () => {
  it('does what the Apex Developer Guide shows', async () => {
    expect(
      await runApex(`
        Matcher m = Pattern.compile('(a(b)?)+').matcher('aba');
        System.debug(m.matches() && m.hitEnd());
        System.debug(m.groupCount() + ' ' + m.group(0) + ' ' + m.group(1) + ' ' + m.group(2));
        System.debug(m.end() + ' ' + m.end(0) + ' ' + m.end(1));
        System.debug(Pattern.matches('a*b', 'aaaaab'));
      `),
    ).toEqual(['true', '2 aba a b', '3 3 3', 'true']);
  });

  it('finds one match after the other', async () => {
    expect(
      await runApex(String.raw`
        Matcher m = Pattern.compile('(\\w+)@(?<host>\\w+)').matcher('ann@here, bob@there');
        while (m.find()) System.debug(m.group() + ' ' + m.start() + '-' + m.end() + ' ' + m.group(2) + ' ' + m.start(2));
        System.debug(m.find(5) + ' ' + m.group(1));
        System.debug(m.reset('x').find());
        System.debug(m.reset('eve@home').lookingAt());
      `),
    ).toEqual(['ann@here 0-8 here 4', 'bob@there 10-19 there 14', 'true bob', 'false', 'true']);
  });

  it('keeps to its region', async () => {
    expect(
      await runApex(`
        Matcher m = Pattern.compile('^b$').matcher('abc').region(1, 2);
        System.debug(m.find() + ' ' + m.regionStart() + ' ' + m.regionEnd() + ' ' + m.hasAnchoringBounds());
        System.debug(m.useAnchoringBounds(false).region(1, 2).find());
        Matcher ahead = Pattern.compile('b(?=c)').matcher('abc').region(1, 2);
        System.debug(ahead.find());
        System.debug(ahead.useTransparentBounds(true).region(1, 2).find());
      `),
    ).toEqual(['true 1 2 true', 'false', 'false', 'true']);
  });

  it('has nothing to tell before a match', async () => {
    expect(
      await thrownBy([
        `Pattern.compile('a').matcher('a').group();`,
        `Pattern.compile('a').matcher('a').start();`,
        `Matcher m = Pattern.compile('a').matcher('a'); m.find(); m.group(1);`,
      ]),
    ).toEqual([
      'System.StringException: No match found',
      'System.StringException: No match available',
      'System.StringException: No group 1',
    ]);
  });

  it('says of itself what it was made of', async () => {
    expect(
      await evaluate(
        `Pattern.compile('a+').pattern()`,
        `Pattern.compile('a').matcher('b').usePattern(Pattern.compile('b')).matches()`,
        String.raw`Pattern.matches(Pattern.quote('1.5\\E'), '1.5\\E')`,
        `'x'.replaceAll('x', Matcher.quoteReplacement('$1'))`,
      ),
    ).toEqual(['a+', 'true', 'true', '$1']);
  });
});

describe('texts and regular expressions', () => {
  it('are replaced with groups of the match', async () => {
    expect(
      await evaluate(
        String.raw`'2026-01-02'.replaceAll('(\\d+)-(\\d+)-(\\d+)', '$3.$2.$1')`,
        String.raw`'a1b2'.replaceFirst('\\d', '#')`,
        `'abc'.replaceAll('', '-')`,
        `'john smith'.replaceAll('(?<first>j\\\\w+) (s\\\\w+)', '$2 \${first}')`,
        String.raw`'a'.replaceAll('a', '\\$')`,
      ),
    ).toEqual(['02.01.2026', 'a#b2', '-a-b-c-', 'smith john', '$']);
    expect(await thrownBy([`'a'.replaceAll('a', '$');`, `'a'.replaceAll('a', '$1');`])).toEqual([
      'System.StringException: Illegal group reference: group index is missing',
      'System.StringException: No group 1',
    ]);
  });

  it('are split, with a limit or without', async () => {
    expect(
      await evaluate(
        `'boo:and:foo'.split(':', 2)`,
        `'boo:and:foo'.split('o')`,
        `'boo:and:foo'.split('o', -2)`,
        `'boo:and:foo'.split('o', 0).size()`,
        `''.split(',').size()`,
        `'abc'.split('')`,
        `',a'.split(',')`,
        String.raw`Pattern.compile('\\s*,\\s*').split('a , b,c')`,
      ),
    ).toEqual(['(boo, and:foo)', '(b, , :and:f)', '(b, , :and:f, , )', '3', '1', '(a, b, c)', '(, a)', '(a, b, c)']);
  });

  it('are Java’s, with flags, classes and ways to look around', async () => {
    const cases: readonly (readonly [pattern: string, text: string, matches: boolean])[] = [
      ['(?i)straSSe', 'STRASSE', true],
      ['(?i)ä', 'Ä', false],
      ['(?iu)ä', 'Ä', true],
      ['a(?i)b|c', 'aB', true],
      ['a(?i:b)c', 'aBC', false],
      ['[a-z&&[^aeiou]]+', 'xyz', true],
      ['[a-z&&[^aeiou]]+', 'xyza', false],
      ['[a-d[m-p]]+', 'am', true],
      [String.raw`\\p{Alpha}\\p{Punct}\\p{javaUpperCase}`, 'a!B', true],
      [String.raw`\\p{IsGreek}+`, 'αβγ', true],
      [String.raw`\\Q1.5*\\E`, '1.5*', true],
      ['a*+a', 'aaa', false],
      ['(?>a*)b', 'aab', true],
      ['(?<!a)b', 'b', true],
      [String.raw`(\\w)\\1`, 'aa', true],
      [String.raw`(?<c>\\w)\\k<c>`, 'ab', false],
      [String.raw`(?x) a b # both`, 'ab', true],
      ['a.b', String.raw`a\nb`, false],
      ['(?s)a.b', String.raw`a\nb`, true],
      ['(?:(a)|b)*', 'ab', true],
    ];
    const expressions = cases.map(([pattern, text]) => `Pattern.matches('${pattern}', '${text}')`);
    expect(await evaluate(...expressions)).toEqual(cases.map(([, , matches]) => String(matches)));
  });

  it('keep what a group matched in an earlier round', async () => {
    expect(
      await runApex(`
        Matcher m = Pattern.compile('(?:(a)|b)*').matcher('ab');
        System.debug(m.matches() + ' ' + m.group(1));
      `),
    ).toEqual(['true a']);
  });

  it('are refused where they are wrong', async () => {
    const [dangling, group, kind] = await thrownBy([
      `Pattern.compile('*a');`,
      `'a'.split('(');`,
      String.raw`Pattern.compile('\\p{Nope}');`,
    ]);
    expect(dangling).toBe("System.StringException: Invalid regex: Dangling meta character '*' near index 0\n*a\n^");
    expect(group).toMatch(/^System\.StringException: Invalid regex: Unclosed group near index 1/);
    expect(kind).toMatch(/Unknown character property name \{Nope\}/);
  });

  it('end the transaction where they look at a text too often', async () => {
    await expect(
      runApex(`
        try { Pattern.matches('(a+)+b', 'a'.repeat(40)); }
        catch (Exception e) { System.debug('caught'); }
      `),
    ).rejects.toThrow('System.LimitException: Regex too complicated');
  });
});
