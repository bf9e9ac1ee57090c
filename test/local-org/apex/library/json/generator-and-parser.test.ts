import { describe, expect, it } from 'vitest';
import { runApex } from '../../run-apex.ts';

describe('JSONGenerator', () => {
  it('writes piece by piece what it is told', async () => {
    const seen = await runApex(`
      JSONGenerator gen = JSON.createGenerator(false);
      gen.writeStartObject();
      gen.writeStringField('text', 'a');
      gen.writeNumberField('number', 1.50);
      gen.writeBooleanField('flag', true);
      gen.writeDateField('day', Date.newInstance(2026, 1, 2));
      gen.writeDateTimeField('at', Datetime.newInstanceGmt(2026, 1, 2, 3, 4, 5));
      gen.writeNullField('nothing');
      gen.writeFieldName('items');
      gen.writeStartArray();
      gen.writeNumber(1);
      gen.writeString('x');
      gen.writeObject(new Map<String, Integer>{'a' => 1});
      gen.writeEndArray();
      gen.writeObjectField('object', null);
      gen.writeEndObject();
      System.debug(gen.getAsString());
      System.debug(gen.isClosed());
    `);
    expect(seen).toEqual([
      '{"text":"a","number":1.50,"flag":true,"day":"2026-01-02","at":"2026-01-02T03:04:05.000Z","nothing":null,' +
        '"items":[1,"x",{"a":1}],"object":null}',
      'true',
    ]);
  });

  it('refuses what would be no JSON', async () => {
    const seen = await runApex(`
      JSONGenerator gen = JSON.createGenerator(true);
      gen.writeStartObject();
      try { gen.writeString('x'); } catch (JSONException e) { System.debug(e.getMessage()); }
      gen.close();
      System.debug(gen.getAsString());
    `);
    expect(seen).toEqual(['Can not write a value, expecting field name', '{ }']);
  });
});

describe('JSONParser', () => {
  it('goes from token to token', async () => {
    const seen = await runApex(`
      JSONParser parser = JSON.createParser('{"total":12.5,"n":3,"skip":[1,[2]],"when":"2026-01-02","ok":true}');
      System.debug(parser.hasCurrentToken() + ' ' + parser.getCurrentToken());
      while (parser.nextToken() != null) {
        if (parser.getCurrentToken() != JSONToken.FIELD_NAME) continue;
        String name = parser.getText();
        parser.nextValue();
        if (name == 'total') System.debug(parser.getDecimalValue());
        else if (name == 'n') System.debug(parser.getIntegerValue() + ' ' + parser.getCurrentName());
        else if (name == 'skip') { parser.skipChildren(); System.debug(parser.getCurrentToken()); }
        else if (name == 'when') System.debug(parser.getDateValue().day());
        else if (name == 'ok') System.debug(parser.getBooleanValue());
      }
      System.debug(parser.nextToken());
    `);
    expect(seen).toEqual(['false null', '12.5', '3 n', 'END_ARRAY', '2', 'true', 'null']);
  });

  it('reads whole values where it stands', async () => {
    const seen = await runApex(
      `
      JSONParser parser = JSON.createParser('{"lines":[{"sku":"a"},{"sku":"b","more":1}],"end":1}');
      while (parser.nextToken() != null) {
        if (parser.getCurrentToken() == JSONToken.START_ARRAY) {
          while (parser.nextToken() != JSONToken.END_ARRAY) {
            System.debug(((Line) parser.readValueAs(Line.class)).sku);
            System.debug(parser.getCurrentToken());
          }
        }
      }
      System.debug(parser.getLastClearedToken());
      JSONParser strict = JSON.createParser('{"more":1}');
      try { strict.readValueAsStrict(Line.class); } catch (JSONException e) { System.debug(e.getMessage()); }
    `,
      { classes: { Line: 'public class Line { public String sku; }' } },
    );
    expect(seen).toEqual(['a', 'END_OBJECT', 'b', 'END_OBJECT', 'null', 'Unknown field: Line.more']);
  });

  it('refuses to read a token as what it is not', async () => {
    const seen = await runApex(`
      JSONParser parser = JSON.createParser('"x"');
      parser.nextToken();
      try { parser.getIntegerValue(); } catch (JSONException e) { System.debug(e.getMessage()); }
      parser.clearCurrentToken();
      System.debug(parser.getCurrentToken() + ' ' + parser.getLastClearedToken());
    `);
    expect(seen).toEqual([
      'Current token (VALUE_STRING) not numeric, can not use numeric value accessors at [line:1, column:4]',
      'null VALUE_STRING',
    ]);
  });
});
