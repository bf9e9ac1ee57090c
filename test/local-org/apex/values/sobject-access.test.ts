import { describe, expect, it } from 'vitest';

import { runApex } from '../run-apex.ts';

/** What a statement throws, as Apex prints it. */
async function thrownBy(statement: string): Promise<string | undefined> {
  const [text] = await runApex(`
    try { ${statement} System.debug('nothing'); } catch (Exception e) { System.debug(e.getTypeName() + ': ' + e.getMessage()); }
  `);
  return text;
}

describe('a field of a record', () => {
  it('reads as null where it was never set, a checkbox as false', async () => {
    expect(
      await runApex(`
        Case c = new Case();
        System.debug(c.Subject);
        System.debug(c.IsEscalated);
        System.debug(c.get('IsEscalated'));
      `),
    ).toEqual(['null', 'false', 'null']);
  });

  it('cannot be read where the query left it out', async () => {
    expect(
      await thrownBy(
        `insert new Case(Subject = 'Help'); Case c = [SELECT Id FROM Case LIMIT 1]; String s = c.Subject;`,
      ),
    ).toBe(
      'System.SObjectException: SObject row was retrieved via SOQL without querying the requested field: Case.Subject',
    );
  });

  it('takes values of its type, and those that widen to it', async () => {
    expect(
      await runApex(`
        SObject a = new Account();
        a.put('AnnualRevenue', 5);
        a.put('NumberOfEmployees', 3);
        SObject c = new Case();
        c.put('ContactId', '003000000000001');
        c.put('SlaStartDate', Date.newInstance(2026, 1, 2));
        System.debug(a.get('AnnualRevenue'));
        System.debug(c.get('ContactId'));
        System.debug(c.get('SlaStartDate'));
      `),
    ).toEqual(['5', '003000000000001AAA', '2026-01-02 00:00:00']);
  });

  it('refuses all else by name', async () => {
    expect(await thrownBy(`SObject a = new Account(); a.put('AnnualRevenue', 'much');`)).toBe(
      'System.SObjectException: Illegal assignment from String to Decimal',
    );
    expect(await thrownBy(`SObject c = new Case(); c.put('Subject', 5);`)).toBe(
      'System.SObjectException: Illegal assignment from Integer to String',
    );
    expect(await thrownBy(`SObject c = new Case(); c.put('CaseNumber', '5');`)).toBe(
      'System.SObjectException: Field CaseNumber is not editable',
    );
    expect(await thrownBy(`SObject c = new Case(); c.put('ContactId', 'nobody');`)).toBe(
      'System.StringException: Invalid id: nobody',
    );
  });
});

describe('a path through parents', () => {
  it('is null where a parent is', async () => {
    expect(
      await runApex(`
        insert new Case(Subject = 'Help');
        Case c = [SELECT Contact.Account.Name FROM Case LIMIT 1];
        System.debug(c.Contact);
        System.debug(c.Contact.Account.Name);
        System.debug(new Case().Contact.Name);
      `),
    ).toEqual(['null', 'null', 'null']);
  });

  it('cannot be written to where a parent is null', async () => {
    expect(await thrownBy(`Case c = new Case(); c.Contact.LastName = 'Ray';`)).toBe(
      'System.NullPointerException: Attempt to de-reference a null object',
    );
  });
});
