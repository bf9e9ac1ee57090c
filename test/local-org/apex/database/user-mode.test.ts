import { afterEach, beforeEach, expect, it } from 'vitest';

import { openOrgState } from '../../../../src/local-org/state/open-org.ts';
import type { OpenedOrg } from '../../../../src/local-org/state/open-org.ts';
import { runApex } from '../run-apex.ts';

// A field that no permission set grants: Apex sees it, its user does not.
let opened: OpenedOrg;
beforeEach(() => {
  opened = openOrgState();
  opened.state.components.put({
    type: 'CustomField',
    fullName: 'Case.Secret__c',
    fileName: 'objects/Case.object',
    body: undefined,
    xml: '<fields><fullName>Secret__c</fullName><label>Secret</label><type>Text</type><length>20</length></fields>',
    recordId: undefined,
  });
});
afterEach(() => {
  opened.close();
});

it('is left out of account unless Apex asks for it', async () => {
  const debug = await runApex(
    `insert new Case(Subject = 'a', Secret__c = 'hidden');
     System.debug([SELECT Secret__c FROM Case].Secret__c);
     update as system new Case(Id = [SELECT Id FROM Case].Id, Secret__c = 'other');
     System.debug([SELECT Secret__c FROM Case WHERE Secret__c = 'other' WITH SYSTEM_MODE].Secret__c);`,
    { org: opened.state },
  );
  expect(debug).toEqual(['hidden', 'other']);
});

it('refuses fields in queries', async () => {
  const debug = await runApex(
    `try { List<Case> none = [SELECT Secret__c FROM Case WITH USER_MODE]; }
     catch (QueryException e) { System.debug(e.getMessage()); }
     try { List<Case> none = [SELECT Secret__c FROM Case WITH SECURITY_ENFORCED]; }
     catch (QueryException e) { System.debug(e.getMessage()); }
     try { Database.query('SELECT Id FROM Case WHERE Secret__c = null', AccessLevel.USER_MODE); }
     catch (QueryException e) { System.debug(e.getMessage()); }`,
    { org: opened.state },
  );
  expect(debug[0]).toContain("No such column 'Secret__c' on entity 'Case'.");
  expect(debug[1]).toBe('Insufficient permissions: secure query included inaccessible field');
  expect(debug[2]).toContain("No such column 'Secret__c' on entity 'Case'.");
});

it('refuses fields in DML', async () => {
  const debug = await runApex(
    `try { insert as user new Case(Subject = 'a', Secret__c = 'x'); }
     catch (DmlException e) { System.debug(e.getMessage() + ' ' + e.getDmlFieldNames(0)); }
     System.debug(Database.insert(new Case(Secret__c = 'x'), false, AccessLevel.USER_MODE).isSuccess());
     insert as user new Case(Subject = 'a');
     System.debug([SELECT COUNT() FROM Case]);`,
    { org: opened.state },
  );
  expect(debug).toEqual([
    'Operation failed due to fields being inaccessible on Sobject Case, check errors on Exception or Result! (Secret__c)',
    'false',
    '1',
  ]);
});
