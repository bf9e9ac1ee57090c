import { describe, expect, it } from 'vitest';
import { runApex } from '../../run-apex.ts';

const classes = {
  Order: `
    public class Order {
      public enum State { NEW_ONE, DONE }
      public class Line { public String sku; public Integer quantity; public Decimal price; }
      public String id;
      public State state;
      public Long total;
      public Double weight;
      public Boolean paid;
      public Date day;
      public Datetime at;
      public Id accountId;
      public Object anything;
      public List<Line> lines;
      public Map<String, Line> bySku;
      public Set<Integer> numbers;
      public Account account;
      public Integer doubled { get; set { doubled = value * 2; } }
      public Order(String id) { this.id = id; }
    }`,
};

describe('JSON.deserialize', () => {
  it('fills objects by the names of their fields, nested and in collections', async () => {
    const seen = await runApex(
      `
      Order one = (Order) JSON.deserialize('{"ID":"7","state":"done","total":"5000000000","weight":1,"paid":true,'
        + '"day":"2026-01-02","at":"2026-01-02T03:04:05.678+01:00","accountId":"001000000000001",'
        + '"lines":[{"sku":"a","quantity":2,"price":1.50},null],"bySku":{"b":{"sku":"b"}},"numbers":[1,1,2],'
        + '"account":{"attributes":{"type":"Account"},"name":"A","Unknown__c":1},"doubled":4,"unknown":{}}', Order.class);
      System.debug(one.id + ' ' + one.state + ' ' + one.total + ' ' + one.weight + ' ' + one.paid);
      System.debug(one.day.month() + ' ' + one.at.formatGmt('yyyy-MM-dd HH:mm:ss.SSS') + ' ' + one.accountId);
      System.debug(one.lines[0].price + ' ' + one.lines[1] + ' ' + one.bySku.get('b').sku + ' ' + one.numbers);
      System.debug(one.account.Name + ' ' + one.doubled);
    `,
      { classes },
    );
    expect(seen).toEqual([
      '7 DONE 5000000000 1.0 true',
      '1 2026-01-02 02:04:05.678 001000000000001AAA',
      '1.50 null b {1, 2}',
      'A 8',
    ]);
  });

  it.each([
    ['JSON.deserialize(\'{"lines":{}}\', Order.class)', "Malformed JSON: Expected '[' at the beginning of List/Set"],
    ["JSON.deserialize('[]', Order.class)", "Malformed JSON: Expected '{' at the beginning of object"],
    ['JSON.deserialize(\'{"id":{}}\', Order.class)', 'Illegal value for primitive'],
    ['JSON.deserialize(\'{"lines":[{"quantity":"x"}]}\', Order.class)', 'For input string: "x" at [line:1, column:12]'],
    ['JSON.deserialize(\'{"id":"1","total":1.5}\', Order.class)', 'For input string: "1.5" at [line:1, column:10]'],
    ['JSON.deserialize(\'{"paid":"maybe"}\', Order.class)', 'Illegal value for boolean: maybe at [line:1, column:16]'],
    ['JSON.deserialize(\'{"day":"soon"}\', Order.class)', 'Invalid format: "soon" at [line:1, column:2]'],
    [
      'JSON.deserialize(\'{"state":"OLD"}\', Order.class)',
      'The type Order.State does not have an enum value OLD at [line:1, column:2]',
    ],
    ['JSON.deserialize(\'{"anything":1}\', Order.class)', 'Apex Type unsupported in JSON: Object'],
    ['JSON.deserializeStrict(\'{"more":1}\', Order.class)', 'Unknown field: Order.more'],
    ['JSON.deserializeStrict(\'{"first":1}\', Account.class)', "No such column 'first' on sobject of type Account"],
    ["JSON.deserialize('', Order.class)", 'No content to map to Object due to end of input'],
  ])('%s says what is wrong', async (expression, message) => {
    const source = `try { ${expression}; } catch (JSONException e) { System.debug(e.getMessage()); }`;
    expect(await runApex(source, { classes })).toEqual([message]);
  });

  it('reads records with parents and children, whose fields are found in any case', async () => {
    const seen = await runApex(`
      Contact one = (Contact) JSON.deserialize('{"lastname":"C","Account":{"Name":"A"},'
        + '"Owner":{"attributes":{"type":"User"},"Username":"u"}}', Contact.class);
      System.debug(one.LastName + ' ' + one.Account.Name + ' ' + one.Owner.Username);
      Account parent = (Account) JSON.deserialize('{"Name":"A","Contacts":{"totalSize":1,"done":true,'
        + '"records":[{"LastName":"C"}]}}', Account.class);
      System.debug(parent.Contacts[0].LastName);
      SObject some = (SObject) JSON.deserialize('{"attributes":{"type":"Case"},"Subject":"S"}', SObject.class);
      System.debug(some.getSObjectType() + ' ' + some.get('Subject'));
      Account back = (Account) JSON.deserialize(JSON.serialize(parent), Account.class);
      System.debug(back.Contacts.size());
    `);
    expect(seen).toEqual(['C A u', 'C', 'Case S', '1']);
  });
});

describe('JSON.deserializeUntyped', () => {
  it('gives maps, lists, Integers, Longs where they must be, and Decimals that keep their digits', async () => {
    const seen = await runApex(`
      Map<String, Object> all = (Map<String, Object>) JSON.deserializeUntyped(
        '{"i":1,"l":5000000000,"d":1.10,"e":1e2,"t":"x","b":false,"n":null,"a":[{"k":"v"}]}');
      System.debug((all.get('i') instanceof Integer) + ' ' + (all.get('l') instanceof Long) + ' ' + (all.get('d') instanceof Decimal));
      System.debug(all.get('d') + ' ' + all.get('e') + ' ' + all.get('b') + ' ' + all.get('n') + ' ' + all.containsKey('n'));
      List<Object> items = (List<Object>) all.get('a');
      System.debug(((Map<String, Object>) items[0]).get('k'));
      System.debug(JSON.serialize(all));
      try { JSON.deserializeUntyped('{"a":12345678901234567890}'); } catch (JSONException e) { System.debug(e.getMessage()); }
      try { JSON.deserializeUntyped('<html>'); } catch (JSONException e) { System.debug(e.getMessage()); }
    `);
    expect(seen).toEqual([
      'true true true',
      '1.10 100 false null true',
      'v',
      '{"i":1,"l":5000000000,"d":1.10,"e":100,"t":"x","b":false,"n":null,"a":[{"k":"v"}]}',
      'For input string: "12345678901234567890" at [line:1, column:6]',
      "Unexpected character ('<' (code 60)): expected a valid value (number, String, array, object, 'true', 'false' or 'null') at input location [1,2]",
    ]);
  });
});
