import { describe, expect, it } from 'vitest';

import { openOrgState } from '../../../../../src/local-org/state/open-org.ts';
import { runApex } from '../../run-apex.ts';

describe('the describe of an object', () => {
  it('is reached by token, by name and by record', async () => {
    expect(
      await runApex(`
        System.debug(Case.SObjectType.getDescribe().getName());
        System.debug(Schema.SObjectType.Case.getKeyPrefix());
        System.debug(Schema.getGlobalDescribe().get('CASE').getDescribe().getLabelPlural());
        System.debug(new Case().getSObjectType().getDescribe().isCreateable());
        System.debug(Schema.describeSObjects(new List<String>{ 'account', 'Case' }).size());
      `),
    ).toEqual(['Case', '500', 'Cases', 'true', '2']);
  });

  it('refuses an object that is not there', async () => {
    expect(
      await runApex(`
        try {
          Schema.describeSObjects(new List<String>{ 'Merchandise' });
        } catch (InvalidParameterValueException e) {
          System.debug(e.getMessage());
        }
      `),
    ).toEqual([
      'Invalid sobject provided. The Schema.describeSObject() methods does not support the Merchandise sobject as a parameter. The sobject provided does not exist.',
    ]);
  });

  it('names its fields in lower case and finds them in any', async () => {
    expect(
      await runApex(`
        Map<String, Schema.SObjectField> fields = Schema.SObjectType.Case.fields.getMap();
        System.debug(fields.containsKey('SUBJECT') + ' ' + fields.keySet().contains('subject'));
        System.debug(fields.get('ContactId'));
        System.debug(fields.get('Nonsense__c'));
      `),
    ).toEqual(['true true', 'ContactId', 'null']);
  });

  it('has the master record type and its child relationships', async () => {
    expect(
      await runApex(`
        Schema.RecordTypeInfo master = Case.SObjectType.getDescribe().getRecordTypeInfosByDeveloperName().get('Master');
        System.debug(master.isMaster() + ' ' + master.getRecordTypeId());
        for (Schema.ChildRelationship child : Account.SObjectType.getDescribe().getChildRelationships()) {
          if (child.getRelationshipName() == 'Contacts') System.debug(child.getChildSObject() + '.' + child.getField());
        }
      `),
    ).toEqual(['true 012000000000000AAA', 'Contact.AccountId']);
  });
});

describe('the describe of a field', () => {
  it('tells type, label and what may be done with it', async () => {
    expect(
      await runApex(`
        Schema.DescribeFieldResult status = Case.Status.getDescribe();
        System.debug(status.getName() + ' ' + status.getType() + ' ' + status.getSoapType());
        System.debug(status.isAccessible() + ' ' + status.isCreateable() + ' ' + status.isUpdateable());
        Schema.DescribeFieldResult created = Case.CreatedDate.getDescribe();
        System.debug(created.getType() + ' ' + created.isCreateable());
        System.debug(Case.OwnerId.getDescribe().isNamePointing() + ' ' + Case.ContactId.getDescribe().getReferenceTo());
        System.debug(Schema.SObjectType.Case.fields.Subject.getLength());
        System.debug(status.getType() == Schema.DisplayType.PICKLIST);
      `),
    ).toEqual(['Status PICKLIST STRING', 'true true true', 'DATETIME false', 'true (Contact)', '255', 'true']);
  });

  it('lists the values of a picklist', async () => {
    expect(
      await runApex(`
        for (Schema.PicklistEntry entry : Case.Priority.getDescribe().getPicklistValues()) {
          System.debug(entry.getValue() + ' ' + entry.getLabel() + ' ' + entry.isActive() + ' ' + entry.isDefaultValue());
        }
      `),
    ).toEqual(['High High true false', 'Medium Medium true true', 'Low Low true false']);
  });
});

describe('a new record by its token', () => {
  it('is empty, has an id, or begins with the defaults of its fields', async () => {
    expect(
      await runApex(`
        System.debug(Case.SObjectType.newSObject());
        System.debug(Case.SObjectType.newSObject('500000000000001').get('Id'));
        SObject filled = Case.SObjectType.newSObject(null, true);
        System.debug(filled.get('Status') + ' ' + filled.get('IsEscalated'));
      `),
    ).toEqual(['Case:{}', '500000000000001AAA', 'New false']);
  });
});

describe('what a user may not touch', () => {
  it('is stripped from copies of the records', async () => {
    expect(
      await runApex(`
        insert new Case(Subject = 'Help');
        List<Case> cases = [SELECT Subject, CreatedDate FROM Case LIMIT 1];
        SObjectAccessDecision decision = Security.stripInaccessible(AccessType.UPDATABLE, cases);
        Case stripped = (Case) decision.getRecords()[0];
        System.debug(stripped.Subject + ' ' + stripped.isSet('CreatedDate') + ' ' + (stripped.Id == cases[0].Id));
        System.debug(decision.getRemovedFields().get('Case'));
        System.debug(decision.getModifiedIndexes());
        System.debug(cases[0].isSet('CreatedDate'));
      `),
    ).toEqual(['Help false true', '{CreatedDate}', '{0}', 'true']);
  });
});

describe('a field that nobody was granted', () => {
  it('is described, as not accessible, and stripped from what is read', async () => {
    const org = openOrgState();
    try {
      org.state.components.put({
        type: 'CustomField',
        fullName: 'Case.Secret__c',
        fileName: 'objects/Case.object',
        body: undefined,
        xml: '<fields><fullName>Secret__c</fullName><label>Secret</label><length>80</length><type>Text</type></fields>',
        recordId: '00N000000000001AAA',
      });
      expect(
        await runApex(
          `
          Schema.DescribeFieldResult secret = Schema.SObjectType.Case.fields.getMap().get('secret__c').getDescribe();
          System.debug(secret.isAccessible() + ' ' + secret.isCreateable() + ' ' + secret.isUpdateable());
          List<Case> cases = new List<Case>{ new Case(Subject = 'Help', Secret__c = 'x'), new Case(Subject = 'Other') };
          SObjectAccessDecision decision = Security.stripInaccessible(AccessType.READABLE, cases);
          System.debug(decision.getRecords());
          System.debug(decision.getRemovedFields() + ' ' + decision.getModifiedIndexes());
        `,
          { org: org.state },
        ),
      ).toEqual(['false false false', '(Case:{Subject=Help}, Case:{Subject=Other})', '{Case={Secret__c}} {0}']);
    } finally {
      org.close();
    }
  });
});
