import { describe, expect, it } from 'vitest';

import { runApex } from '../../run-apex.ts';

describe('a record', () => {
  it('is reached by names in any case and by tokens', async () => {
    expect(
      await runApex(`
        SObject c = new Case(Subject = 'Help');
        System.debug(c.get('SUBJECT'));
        System.debug(c.put(Case.Subject, 'Again'));
        System.debug(c.get(Case.Subject));
        System.debug(c.isSet('subject') + ' ' + c.isSet(Case.Status));
      `),
    ).toEqual(['Help', 'Help', 'Again', 'true false']);
  });

  it('knows no field of another object and no relationship among its fields', async () => {
    expect(
      await runApex(`
        SObject c = new Case();
        try { c.get(Account.Name); } catch (SObjectException e) { System.debug(e.getMessage()); }
        try { c.get('Contact'); } catch (SObjectException e) { System.debug(e.getMessage()); }
        try { c.getSObject('Subject'); } catch (SObjectException e) { System.debug(e.getMessage()); }
      `),
    ).toEqual([
      'Account.Name does not belong to SObject type Case',
      'Invalid field Contact for Case',
      'Invalid relationship Subject for Case',
    ]);
  });

  it('holds parents', async () => {
    expect(
      await runApex(`
        SObject c = new Contact(LastName = 'Ray');
        c.putSObject('Account', new Account(Name = 'Acme'));
        System.debug(c.getSObject('account').get('Name'));
        System.debug(c.getSObject(Contact.AccountId).get('Name'));
      `),
    ).toEqual(['Acme', 'Acme']);
  });

  it('gives children of a query, and null where there are none', async () => {
    expect(
      await runApex(`
        Account full = new Account(Name = 'Full');
        Account empty = new Account(Name = 'Empty');
        insert new List<Account>{ full, empty };
        insert new Contact(LastName = 'Ray', AccountId = full.Id);
        for (Account a : [SELECT Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name IN ('Full', 'Empty') ORDER BY Name]) {
          System.debug(a.Name + ' ' + a.Contacts.size() + ' ' + (a.getSObjects('Contacts') == null));
        }
      `),
    ).toEqual(['Empty 0 true', 'Full 1 false']);
  });

  it('shows what is populated: a null that was set, not one that was queried', async () => {
    expect(
      await runApex(`
        insert new Case(Subject = 'Help');
        Case c = [SELECT Subject, Description, Reason FROM Case LIMIT 1];
        c.Reason = null;
        Set<String> names = new Set<String>(c.getPopulatedFieldsAsMap().keySet());
        System.debug(names.contains('Id') + ' ' + names.contains('Subject'));
        System.debug(names.contains('Description') + ' ' + names.contains('Reason'));
        System.debug(new Case(Subject = null).getPopulatedFieldsAsMap().keySet());
      `),
    ).toEqual(['true true', 'false true', '{Subject}']);
  });
});

describe('a clone', () => {
  it('leaves id, audit fields and number behind unless told otherwise', async () => {
    expect(
      await runApex(`
        insert new Case(Subject = 'Help');
        Case c = [SELECT Subject, CaseNumber, CreatedDate FROM Case LIMIT 1];
        Case plain = c.clone();
        System.debug(plain.Id + ' ' + plain.isSet('CreatedDate') + ' ' + plain.isSet('CaseNumber') + ' ' + plain.Subject);
        Case whole = c.clone(true, false, true, true);
        System.debug((whole.Id == c.Id) + ' ' + (whole.CreatedDate == c.CreatedDate) + ' ' + (whole.CaseNumber == c.CaseNumber));
        System.debug(plain.isClone() + ' ' + (plain.getCloneSourceId() == c.Id) + ' ' + c.isClone());
      `),
    ).toEqual(['null false false Help', 'true true true', 'true true false']);
  });

  it('shares parents, a deep one copies them', async () => {
    expect(
      await runApex(`
        Contact c = new Contact(LastName = 'Ray', Account = new Account(Name = 'Acme'));
        Contact shallow = c.clone(false, false);
        Contact deep = c.clone(false, true);
        c.Account.Name = 'Changed';
        System.debug(shallow.Account.Name + ' ' + deep.Account.Name);
      `),
    ).toEqual(['Changed Acme']);
  });
});

describe('errors on a record', () => {
  it('are kept with the field they are about', async () => {
    expect(
      await runApex(`
        Case c = new Case();
        System.debug(c.hasErrors());
        c.addError('whole');
        c.addError('Subject', 'by name');
        c.addError(Case.Status, 'by token');
        c.Reason.addError('in place');
        c.addError(new IllegalArgumentException('thrown'));
        for (Database.Error e : c.getErrors()) {
          System.debug(e.getStatusCode() + ' ' + e.getFields() + ' ' + e.getMessage());
        }
      `),
    ).toEqual([
      'false',
      'FIELD_CUSTOM_VALIDATION_EXCEPTION () whole',
      'FIELD_CUSTOM_VALIDATION_EXCEPTION (Subject) by name',
      'FIELD_CUSTOM_VALIDATION_EXCEPTION (Status) by token',
      'FIELD_CUSTOM_VALIDATION_EXCEPTION (Reason) in place',
      'FIELD_CUSTOM_VALIDATION_EXCEPTION () thrown',
    ]);
  });

  it('are refused by rows of a query, which are not being saved', async () => {
    expect(
      await runApex(`
        insert new Case(Subject = 'Help');
        Case c = [SELECT Id FROM Case LIMIT 1];
        try { c.addError('no'); } catch (FinalException e) { System.debug(e.getMessage()); }
      `),
    ).toEqual(['SObject row does not allow errors']);
  });
});
