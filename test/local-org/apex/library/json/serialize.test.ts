import { describe, expect, it } from 'vitest';
import { openOrgState } from '../../../../../src/local-org/state/open-org.ts';
import { runApex } from '../../run-apex.ts';

describe('JSON.serialize', () => {
  it('writes values as they are: Decimals with their scale, dates in ISO form, blobs in base64', async () => {
    const seen = await runApex(`
      System.debug(JSON.serialize(new List<Object>{1, 2L, 1.50, 'a"b', true, null, Date.newInstance(2026, 1, 2)}));
      System.debug(JSON.serialize(Datetime.newInstanceGmt(2026, 1, 2, 3, 4, 5)));
      System.debug(JSON.serialize(Time.newInstance(3, 4, 5, 6)));
      System.debug(JSON.serialize(Blob.valueOf('hi')));
      System.debug(JSON.serialize(Double.valueOf('3')));
      System.debug(JSON.serialize(new Set<String>{'x'}));
      System.debug(JSON.serialize(new Map<Integer, String>{1 => 'one', 2 => null}));
    `);
    expect(seen).toEqual([
      '[1,2,1.50,"a\\"b",true,null,"2026-01-02"]',
      '"2026-01-02T03:04:05.000Z"',
      '"03:04:05.006Z"',
      '"aGk="',
      '3.0',
      '["x"]',
      '{"1":"one","2":null}',
    ]);
  });

  const classes = {
    Payload: `
      public virtual class Payload {
        public enum Kind { OPENED, CLOSED }
        public String name;
        public Kind status = Kind.OPENED;
        public transient String secret = 'hidden';
        public static String shared = 'not written';
        public String loud { get { return name == null ? null : name.toUpperCase(); } }
        public class More extends Payload { public Integer count; private List<Payload> parts = new List<Payload>(); }
      }`,
  };

  it('writes objects by their fields, from Z to A, superclasses first, nulls too unless asked', async () => {
    const seen = await runApex(
      `
      Payload.More one = new Payload.More();
      one.name = 'n';
      System.debug(JSON.serialize(one));
      System.debug(JSON.serialize(one, true));
      System.debug(JSON.serializePretty(new Payload(), true));
    `,
      { classes },
    );
    expect(seen).toEqual([
      '{"status":"OPENED","name":"n","loud":"N","parts":[],"count":null}',
      '{"status":"OPENED","name":"n","loud":"N","parts":[]}',
      '{\n  "status" : "OPENED"\n}',
    ]);
  });

  it('writes records made in Apex with the fields that were set', async () => {
    const seen = await runApex("System.debug(JSON.serialize(new Account(Name = 'A', Phone = null)));");
    expect(seen).toEqual(['{"attributes":{"type":"Account"},"Name":"A","Phone":null}']);
  });

  it('writes queried records with their place in the REST API, without nulls, with parents and children', async () => {
    const { state: org, close } = openOrgState();
    const user = org.settings.adminUserId;
    const account = org.records.insert('Account', { Name: 'A' }, user).Id;
    const contact = org.records.insert('Contact', { LastName: 'C', AccountId: account }, user).Id;
    const source = `
      System.debug(JSON.serialize([SELECT Name, Phone, (SELECT LastName FROM Contacts), (SELECT Id FROM Cases) FROM Account]));
      System.debug(JSON.serialize([SELECT Account.Name FROM Contact]));
      System.debug(JSON.serialize([SELECT CreatedDate FROM Contact]));
      System.debug(JSON.serialize([SELECT CreatedDate FROM Contact].CreatedDate));`;
    const seen = await runApex(source, { org });
    close();
    const attributes = (type: string, id: string): string =>
      `"attributes":{"type":"${type}","url":"/services/data/v68.0/sobjects/${type}/${id}"}`;
    const children = `{"totalSize":1,"done":true,"records":[{${attributes('Contact', contact)},`;
    expect(seen[0]).toContain(`[{${attributes('Account', account)},"Name":"A",`);
    expect(seen[0]).toContain(`"Contacts":${children}`);
    expect(seen[0]).not.toContain('Phone');
    expect(seen[0]).not.toContain('Cases');
    expect(seen[1]).toContain(`"Account":{${attributes('Account', account)},"Name":"A"`);
    expect(seen[2]).toMatch(/"CreatedDate":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000"/);
    expect(seen[3]).toMatch(/^"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"$/);
  });

  it('refuses what has no JSON', async () => {
    const seen = await runApex(`
      try { JSON.serialize(Account.SObjectType); } catch (JSONException e) { System.debug(e.getMessage()); }
      try { JSON.serialize(new NullPointerException()); } catch (JSONException e) { System.debug(e.getMessage()); }
    `);
    expect(seen).toEqual([
      'Apex Type unsupported in JSON: Schema.SObjectType',
      'Apex Type unsupported in JSON: System.NullPointerException',
    ]);
  });
});
