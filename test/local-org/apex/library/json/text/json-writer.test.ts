import { describe, expect, it } from 'vitest';
import { JsonWriter, quoted } from '../../../../../../src/local-org/apex/library/json/text/json-writer.ts';

function written(isPretty: boolean, write: (writer: JsonWriter) => void): string {
  const writer = new JsonWriter(isPretty);
  write(writer);
  writer.close();
  return writer.text;
}

function sample(writer: JsonWriter): void {
  writer.startObject();
  writer.fieldName('a');
  writer.value('1');
  writer.fieldName('b');
  writer.startArray();
  writer.value('true');
  writer.startObject();
  writer.endObject();
  writer.endArray();
  writer.fieldName('c');
  writer.startArray();
}

describe('JSON, written piece by piece', () => {
  it('is compact, and what was left open is closed', () => {
    expect(written(false, sample)).toBe('{"a":1,"b":[true,{}],"c":[]}');
  });

  it('is laid out as serializePretty does it: fields on lines of their own, items side by side', () => {
    expect(written(true, sample)).toBe('{\n  "a" : 1,\n  "b" : [ true, { } ],\n  "c" : [ ]\n}');
  });

  it('escapes what a JSON string cannot hold, and nothing else', () => {
    expect(quoted('"\\\n\u0001é/<')).toBe(String.raw`"\"\\\n\u0001é/<"`);
  });

  it('refuses a value without a name, a name without a value, and the wrong bracket', () => {
    const inObject = (write: (writer: JsonWriter) => void) => () =>
      written(false, (writer) => {
        writer.startObject();
        write(writer);
      });
    expect(inObject((writer) => writer.value('1'))).toThrow('Can not write a value, expecting field name');
    expect(
      inObject((writer) => {
        writer.fieldName('a');
        writer.fieldName('b');
      }),
    ).toThrow('Can not write a field name, expecting a value');
    expect(inObject((writer) => writer.endArray())).toThrow('Current context not an array but OBJECT');
  });
});
