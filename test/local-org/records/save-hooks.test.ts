import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { saveRecords } from '../../../src/local-org/records/save/save-records.ts';
import type { SaveResult } from '../../../src/local-org/records/save/save-result.ts';
import { openOrgState } from '../../../src/local-org/state/open-org.ts';
import type { OpenedOrg } from '../../../src/local-org/state/open-org.ts';
import type { SaveEvent } from '../../../src/local-org/state/save-hooks.ts';

// What the Apex runtime will stand on when it fires triggers.
let opened: OpenedOrg;
beforeEach(() => {
  opened = openOrgState();
});
afterEach(() => {
  opened.close();
});

function insert(names: readonly string[], allOrNone = false): SaveResult[] {
  const { state } = opened;
  const records = names.map((Name) => ({ values: { Name } }));
  const userId = state.settings.adminUserId;
  return saveRecords(state, { api: 'data', sobject: 'account', operation: 'insert', records, userId, allOrNone });
}
const stored = (): unknown[] => opened.state.records.all('Account').map((row) => row['Name']);
const hooks = (before: (event: SaveEvent) => void, after: (event: SaveEvent) => void): void => {
  const { state } = opened;
  state.saveHooks = {
    concerns: () => true,
    transaction: (_userId, work) => state.transaction(work),
    attempt: () => () => undefined,
    before,
    after,
  };
};

describe('hooks of a save', () => {
  it('see up to 200 records at a time, first without ids, then with them', () => {
    const seen: string[] = [];
    const note = (phase: string) => (event: SaveEvent) => {
      const ids = event.changes.filter((change) => typeof change.values?.['Id'] === 'string').length;
      seen.push(`${phase} ${event.operation} ${event.sobject} ${event.changes.length} ids:${ids}`);
    };
    hooks(note('before'), note('after'));
    insert(Array.from({ length: 250 }, (_, index) => `n${index}`));
    expect(seen).toEqual([
      'before insert Account 200 ids:0',
      'after insert Account 200 ids:200',
      'before insert Account 50 ids:0',
      'after insert Account 50 ids:50',
    ]);
  });

  it('may change what is saved', () => {
    hooks(
      ({ changes }) => {
        for (const { values } of changes) if (values !== undefined) values['Rating'] = 'Hot';
      },
      () => undefined,
    );
    insert(['Acme']);
    expect(opened.state.records.all('Account')).toMatchObject([{ Name: 'Acme', Rating: 'Hot' }]);
  });

  it('may refuse a record before it is saved', () => {
    hooks(
      ({ changes }) => changes.find(({ values }) => values?.['Name'] === 'b')?.fail('not this one', ['Name']),
      () => undefined,
    );
    expect(insert(['a', 'b', 'c'])).toMatchObject([
      { success: true },
      {
        success: false,
        errors: [{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'not this one', fields: ['Name'] }],
      },
      { success: true },
    ]);
    expect(stored()).toEqual(['a', 'c']);
  });

  it('may refuse it afterwards: the chunk is saved again without it', () => {
    let rounds = 0;
    hooks(
      () => undefined,
      ({ changes }) => {
        rounds += 1;
        changes.find((change) => change.values?.['Name'] === 'b')?.fail('too late');
      },
    );
    expect(insert(['a', 'b', 'c']).map((result) => result.success)).toEqual([true, false, true]);
    expect(rounds).toBe(2);
    expect(stored()).toEqual(['a', 'c']);
  });

  it('take everything back when they throw', () => {
    hooks(
      () => undefined,
      () => {
        throw new Error('System.NullPointerException');
      },
    );
    expect(() => insert(['a'])).toThrow('System.NullPointerException');
    expect(stored()).toEqual([]);
  });

  it('see old and new of an update', () => {
    const [created] = insert(['old']);
    let change: unknown;
    hooks(
      (event) => {
        change = { old: event.changes[0]?.old?.['Name'], new: event.changes[0]?.values?.['Name'] };
      },
      () => undefined,
    );
    const records = [{ id: created?.id ?? '', values: { Name: 'new' } }];
    const userId = opened.state.settings.adminUserId;
    saveRecords(opened.state, {
      api: 'data',
      sobject: 'Account',
      operation: 'update',
      records,
      userId,
      allOrNone: true,
    });
    expect(change).toEqual({ old: 'old', new: 'new' });
    expect(stored()).toEqual(['new']);
  });
});
