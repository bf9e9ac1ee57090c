import { describe, expect, it } from 'vitest';
import { readWhole } from '../../../../../../src/local-org/apex/library/json/text/json-node.ts';
import { JsonReader } from '../../../../../../src/local-org/apex/library/json/text/json-reader.ts';

function tokens(text: string): string[] {
  const reader = new JsonReader(text);
  const kinds: string[] = [];
  for (let token = reader.next(); token !== undefined; token = reader.next()) kinds.push(`${token.kind} ${token.text}`);
  return kinds;
}

function problem(text: string): string {
  try {
    readWhole(new JsonReader(text));
  } catch (error) {
    return String(error instanceof Error ? error.message : error);
  }
  return 'none';
}

describe('a JSON text, read token by token', () => {
  it('gives names and values, numbers with the digits as they stand', () => {
    expect(tokens('{"a": [1, 2.50, -1e3], "b": {"c": null}, "d": true}')).toEqual([
      'START_OBJECT {',
      'FIELD_NAME a',
      'START_ARRAY [',
      'VALUE_NUMBER_INT 1',
      'VALUE_NUMBER_FLOAT 2.50',
      'VALUE_NUMBER_FLOAT -1e3',
      'END_ARRAY ]',
      'FIELD_NAME b',
      'START_OBJECT {',
      'FIELD_NAME c',
      'VALUE_NULL null',
      'END_OBJECT }',
      'FIELD_NAME d',
      'VALUE_TRUE true',
      'END_OBJECT }',
    ]);
  });

  it('unescapes strings', () => {
    expect(tokens(String.raw`"a\n\"b\"\u00e9\/"`)).toEqual(['VALUE_STRING a\n"b"é/']);
  });

  it('reads the first value and leaves the rest alone', () => {
    expect(tokens('1 x')).toEqual(['VALUE_NUMBER_INT 1']);
  });

  it.each([
    ['', 'No content to map to Object due to end of input'],
    ['s', expectedValue('s', 115, 'input location [1,2]')],
    ['[s]', expectedValue('s', 115, '[line:1, column:3]')],
    ['[1,]', "Unexpected character (']' (code 93)): expected a value at [line:1, column:5]"],
    [
      '{"a" 1}',
      "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value at [line:1, column:7]",
    ],
    [
      '{"a":1 "b"}',
      `Unexpected character ('"' (code 34)): was expecting comma to separate OBJECT entries at [line:1, column:9]`,
    ],
    [
      '{a:1}',
      "Unexpected character ('a' (code 97)): was expecting double-quote to start field name at [line:1, column:3]",
    ],
    [
      '[1 2]',
      "Unexpected character ('2' (code 50)): was expecting comma to separate ARRAY entries at [line:1, column:5]",
    ],
    ['{\n"a":x}', expectedValue('x', 120, '[line:2, column:6]')],
    ['["a', 'Unexpected end-of-input: was expecting closing quote for a string value at [line:1, column:7]'],
    ['["a\nb"]', expectedEscape(10)],
    [String.raw`["\x"]`, "Unrecognized character escape 'x' (code 120) at [line:1, column:5]"],
    ['{"a":', 'Unexpected end-of-input within/between OBJECT entries at [line:1, column:11]'],
    ['["a"', 'Unexpected end-of-input: expected close marker for ARRAY (from [line:1, column:9]'],
    ['[01]', 'Invalid numeric value: Leading zeroes not allowed at [line:1, column:3]'],
    [
      '[-x]',
      "Unexpected character ('x' (code 120)) in numeric value: expected digit (0-9) to follow minus sign, for valid numeric value at [line:1, column:4]",
    ],
  ])('refuses %j with the words of the platform', (text, message) => {
    expect(problem(text)).toBe(message);
  });
});

function expectedValue(character: string, code: number, place: string): string {
  const values = "(number, String, array, object, 'true', 'false' or 'null')";
  return `Unexpected character ('${character}' (code ${code})): expected a valid value ${values} at ${place}`;
}

function expectedEscape(code: number): string {
  const advice = 'has to be escaped using backslash to be included in string value';
  return `Illegal unquoted character ((CTRL-CHAR, code ${code})): ${advice} at [line:1, column:5]`;
}
