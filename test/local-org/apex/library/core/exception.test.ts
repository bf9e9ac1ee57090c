import { describe, expect, it } from 'vitest';
import { runApex } from '../../run-apex.ts';

const Shop = 'public class Shop { public class InnerException extends Exception {} }';

describe('exceptions', () => {
  it('tell their type, message and cause', async () => {
    const seen = await runApex(
      `
      try {
        String nothing = null;
        nothing.length();
      } catch (Exception e) {
        System.debug(e.getTypeName() + ' / ' + e.getMessage());
        Exception second = new Shop.InnerException('wrapped', e);
        System.debug(second.getTypeName() + ' / ' + second.getCause().getMessage() + ' / ' + second);
      }
      System.debug(new Shop.InnerException().getMessage());
      CalloutException late = new CalloutException();
      late.setMessage('no answer');
      System.debug(late);
    `,
      { classes: { Shop } },
    );
    expect(seen).toEqual([
      'System.NullPointerException / Attempt to de-reference a null object',
      'Shop.InnerException / Attempt to de-reference a null object / Shop.InnerException: wrapped',
      'Script-thrown exception',
      'System.CalloutException: no answer',
    ]);
  });

  it('know where they were thrown', async () => {
    const seen = await runApex(`
      try { throw new IllegalArgumentException('x'); } catch (Exception e) {
        System.debug(e.getLineNumber() + ' ' + e.getStackTraceString());
      }`);
    expect(seen).toEqual(['2 AnonymousBlock: line 2, column 1']);
  });

  it('list the rows that were not saved', async () => {
    const seen = await runApex(`
      try { insert new List<Contact>{new Contact(LastName = 'Ok'), new Contact()}; } catch (DmlException e) {
        System.debug(e.getNumDml() + ' ' + e.getDmlIndex(0) + ' ' + e.getDmlId(0) + ' ' + e.getDmlStatusCode(0));
        System.debug(e.getDmlType(0) == StatusCode.REQUIRED_FIELD_MISSING);
        System.debug(e.getDmlFieldNames(0) + ' ' + e.getDmlMessage(0));
      }`);
    expect(seen).toEqual([
      '1 1 null REQUIRED_FIELD_MISSING',
      'true',
      '(LastName) Required fields are missing: [LastName]',
    ]);
  });
});
