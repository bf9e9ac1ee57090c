import type { SemanticsCase } from '../semantics-case.ts';

const invoice = {
  Invoice: `
    public class Invoice {
      public String id;
      public Integer total;
      public Boolean paid;
      public List<Line> lines;
      public class Line { public String product; public Decimal price; }
    }
  `,
};

export const json: readonly SemanticsCase[] = [
  {
    name: 'values',
    source: `
      System.debug(JSON.serialize('a "b"'));
      System.debug(JSON.serialize(5));
      System.debug(JSON.serialize(true));
      System.debug(JSON.serialize(null));
      System.debug(JSON.serialize(2.5));
    `,
    prints: ['"a \\"b\\""', '5', 'true', 'null', '2.5'],
  },
  {
    name: 'lists',
    source: `
      System.debug(JSON.serialize(new List<Integer>{ 1, 2 }));
      System.debug(JSON.serialize(new List<String>{ 'a', null }));
      System.debug(JSON.serialize(new List<String>()));
    `,
    prints: ['[1,2]', '["a",null]', '[]'],
  },
  {
    name: 'maps',
    source: `
      System.debug(JSON.serialize(new Map<String, Object>{ 'a' => new List<Integer>{ 1 } }));
      System.debug(JSON.serialize(new Map<String, String>()));
    `,
    prints: ['{"a":[1]}', '{}'],
  },
  {
    name: 'an object',
    classes: { Simple: `public class Simple { public String name = 'x'; }` },
    source: `System.debug(JSON.serialize(new Simple()));`,
    prints: ['{"name":"x"}'],
  },
  {
    name: 'nulls can be left out',
    classes: { Simple: `public class Simple { public String name; }` },
    source: `
      System.debug(JSON.serialize(new Simple()));
      System.debug(JSON.serialize(new Simple(), true));
    `,
    prints: ['{"name":null}', '{}'],
  },
  {
    name: 'an object from JSON',
    classes: invoice,
    source: `
      Invoice i = (Invoice) JSON.deserialize('{"id":"I1","total":5,"paid":true,"lines":[{"product":"p","price":1.5},{"product":"q","price":2}]}', Invoice.class);
      System.debug(i.id + ' ' + i.total + ' ' + i.paid);
      System.debug(i.lines.size());
      System.debug(i.lines[0].product + ' ' + (i.lines[0].price + i.lines[1].price));
    `,
    prints: ['I1 5 true', '2', 'p 3.5'],
  },
  {
    name: 'what JSON lacks stays null',
    classes: invoice,
    source: `
      Invoice i = (Invoice) JSON.deserialize('{"total":5}', Invoice.class);
      System.debug(i.id);
      System.debug(i.lines);
      System.debug(i.total);
    `,
    prints: ['null', 'null', '5'],
  },
  {
    name: 'what the class lacks is ignored, unless strict',
    classes: invoice,
    source: `
      Invoice i = (Invoice) JSON.deserialize('{"id":"I1","surprise":1}', Invoice.class);
      System.debug(i.id);
      try {
        JSON.deserializeStrict('{"id":"I1","surprise":1}', Invoice.class);
      } catch (JSONException e) {
        System.debug(e.getTypeName());
      }
    `,
    prints: ['I1', 'System.JSONException'],
  },
  {
    name: 'lists of a type from JSON',
    source: `
      List<Integer> l = (List<Integer>) JSON.deserialize('[3,4]', List<Integer>.class);
      System.debug(l[0] + l[1]);
    `,
    prints: ['7'],
  },
  {
    name: 'JSON without a type becomes maps and lists',
    source: `
      Map<String, Object> m = (Map<String, Object>) JSON.deserializeUntyped('{"s":"x","i":5,"b":true,"n":null,"l":[1,"two"],"m":{"k":"v"}}');
      System.debug((String) m.get('s'));
      System.debug((Integer) m.get('i') + 1);
      System.debug((Boolean) m.get('b'));
      System.debug(m.get('n'));
      System.debug(((List<Object>) m.get('l'))[1]);
      System.debug(((Map<String, Object>) m.get('m')).get('k'));
      System.debug(m.containsKey('n'));
    `,
    prints: ['x', '6', 'true', 'null', 'two', 'v', 'true'],
  },
  {
    name: 'JSON that is damaged throws',
    source: `try { JSON.deserializeUntyped('{"a":'); } catch (JSONException e) { System.debug(e.getTypeName()); }`,
    prints: ['System.JSONException'],
  },
  {
    name: 'a record there and back',
    source: `
      Account a = (Account) JSON.deserialize(JSON.serialize(new Account(Name = 'Acme', NumberOfEmployees = 5)), Account.class);
      System.debug(a.Name + ' ' + a.NumberOfEmployees);
    `,
    prints: ['Acme 5'],
  },
  {
    name: 'a generator writes piece by piece',
    source: `
      JSONGenerator g = JSON.createGenerator(false);
      g.writeStartObject();
      g.writeStringField('s', 'x');
      g.writeNumberField('n', 5);
      g.writeBooleanField('b', true);
      g.writeNullField('z');
      g.writeFieldName('l');
      g.writeStartArray();
      g.writeNumber(1);
      g.writeString('two');
      g.writeEndArray();
      g.writeEndObject();
      System.debug(g.getAsString());
    `,
    prints: ['{"s":"x","n":5,"b":true,"z":null,"l":[1,"two"]}'],
  },
  {
    name: 'a parser reads token by token',
    source: `
      JSONParser p = JSON.createParser('{"a":1,"b":"two"}');
      while (p.nextToken() != null) {
        System.debug(p.getCurrentToken());
        if (p.getCurrentToken() == JSONToken.VALUE_NUMBER_INT) { System.debug(p.getIntegerValue() + 1); }
        if (p.getCurrentToken() == JSONToken.VALUE_STRING) { System.debug(p.getText()); }
      }
    `,
    prints: ['START_OBJECT', 'FIELD_NAME', 'VALUE_NUMBER_INT', '2', 'FIELD_NAME', 'VALUE_STRING', 'two', 'END_OBJECT'],
  },
  {
    name: 'an enum is its name',
    classes: {
      Tone: `
      public class Tone {
        public enum Kind { LOW, HIGH }
        public Kind kind;
      }
    `,
    },
    source: `
      Tone t = new Tone();
      t.kind = Tone.Kind.HIGH;
      String s = JSON.serialize(t);
      System.debug(s);
      System.debug(((Tone) JSON.deserialize(s, Tone.class)).kind == Tone.Kind.HIGH);
    `,
    prints: ['{"kind":"HIGH"}', 'true'],
  },
];
