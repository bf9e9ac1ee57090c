import { describe, expect, test } from 'vitest';

import { parseXml } from '../../../src/local-org/metadata/xml/parse-xml.ts';
import { XmlSyntaxError } from '../../../src/local-org/metadata/xml/xml-element.ts';

function problemOf(text: string): string {
  try {
    parseXml(text);
  } catch (error) {
    if (error instanceof XmlSyntaxError) return `${error.line}:${error.column} ${error.message}`;
    throw error;
  }
  return 'accepted';
}

describe('a well-formed document', () => {
  test('has its names, namespaces and texts read', () => {
    const root = parseXml(
      '<?xml version="1.0"?>\r\n<!-- c --><m:a xmlns:m="urn:x" xmlns="urn:d" k="1 &lt; 2">\r\n  <b>x &amp; &#65;<![CDATA[<&amp;>]]></b><m:c/></m:a>\n<!-- end -->',
    );
    expect(root).toMatchObject({ name: 'a', namespace: 'urn:x' });
    expect(root.attributes.get('k')).toBe('1 < 2');
    expect(root.children.map(({ name, namespace, text }) => [name, namespace, text])).toEqual([
      ['b', 'urn:d', 'x & A<&amp;>'],
      ['c', 'urn:x', ''],
    ]);
  });

  test('places an element at the end of its start tag, lines and columns from 1', () => {
    const [first, second] = parseXml('<a>\n  <b x="a>b">1</b>\n  <c\n    y="2"/>\n</a>').children;
    expect([first?.line, first?.column]).toEqual([2, 14]);
    expect([second?.line, second?.column]).toEqual([4, 12]);
  });

  test('keeps element names that other readers stumble over', () => {
    expect(parseXml('<a><toString>x</toString></a>').children[0]?.name).toBe('toString');
  });
});

describe('what is not a document', () => {
  test.each([
    ['an unclosed element', '<a><b></a>'],
    ['nothing', ''],
    ['text alone', 'hello'],
    ['two roots', '<a/><b/>'],
    ['text after the root', '<a/>text'],
    ['a bare ampersand', '<a>this & that</a>'],
    ['an undeclared entity', '<a>&nbsp;</a>'],
    ['an unbound prefix', '<x:a/>'],
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['a control character', '<a>\u0001</a>'],
    ['a reference to one', '<a>&#1;</a>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['reserved JavaScript names', '<__proto__>1</__proto__>'],
    ['nesting without end', `${'<a>'.repeat(500)}${'</a>'.repeat(500)}`],
  ])('%s is refused', (_what, text) => {
    expect(problemOf(text)).toMatch(/^\d+:\d+ ./);
  });

  test('the place of the fault is told', () => {
    expect(problemOf('<a>\n  <b>&oops;</b>\n</a>')).toBe('2:6 The entity "oops" was referenced, but not declared.');
  });
});
