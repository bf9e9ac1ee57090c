import { expect, it } from 'vitest';

import { hideOrgData } from '../../../../src/local-org/apex/database/test-isolation.ts';
import { openOrgState } from '../../../../src/local-org/state/open-org.ts';

it('hides data for the rest of a transaction, and nothing of what manages the org', () => {
  const { state: org, close } = openOrgState();
  const { adminUserId } = org.settings;
  const { records } = org;
  const deleted = records.insert('Account', { Name: 'deleted' }, adminUserId);
  records.delete('Account', deleted.Id);
  const account = records.insert('Account', { Name: 'kept' }, adminUserId);
  records.insert('Group', { Name: 'Queue', Type: 'Queue' }, adminUserId);
  const rollback = new Error('the test is over');
  expect(() => {
    org.transaction(() => {
      hideOrgData(org);
      expect(records.all('Account')).toEqual([]);
      expect(records.deleted('Account')).toEqual([]);
      expect(records.get('Account', account.Id)).toBeUndefined();
      expect(records.isDeleted(deleted.Id)).toBe(false);
      expect(records.all('User').length).toBeGreaterThan(0);
      expect(records.find('Group', { Name: 'Queue' })).toHaveLength(1);
      const own = records.insert('Account', { Name: 'of the test' }, adminUserId);
      expect(records.all('Account').map((row) => row['Name'])).toEqual(['of the test']);
      expect(own.Id).not.toBe(account.Id);
      throw rollback;
    });
  }).toThrow(rollback);
  expect(records.all('Account').map((row) => row['Name'])).toEqual(['kept']);
  expect(records.deleted('Account')).toHaveLength(1);
  close();
});
