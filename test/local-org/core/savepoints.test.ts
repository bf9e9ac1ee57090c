import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openOrgState } from '../../../src/local-org/state/open-org.ts';
import type { OpenedOrg } from '../../../src/local-org/state/open-org.ts';

let opened: OpenedOrg;
beforeEach(() => {
  opened = openOrgState();
});
afterEach(() => {
  opened.close();
});

const add = (Name: string): string =>
  opened.state.records.insert('Account', { Name }, opened.state.settings.adminUserId).Id;
const names = (): unknown[] => opened.state.records.all('Account').map((row) => row['Name']);

describe('a savepoint', () => {
  it('takes a transaction back to where it was, again and again', () => {
    opened.state.transaction(() => {
      add('a');
      const point = opened.state.savepoint();
      add('b');
      expect(point.rollback()).toBe(true);
      add('c');
      expect(names()).toEqual(['a', 'c']);
      expect(point.rollback()).toBe(true);
      expect(point.release()).toBe(true);
      expect(point.rollback()).toBe(false);
    });
    expect(names()).toEqual(['a']);
  });

  it('is gone with an earlier one', () => {
    opened.state.transaction(() => {
      const first = opened.state.savepoint();
      const second = opened.state.savepoint();
      expect(first.rollback()).toBe(true);
      expect(second.rollback()).toBe(false);
    });
  });

  it('belongs to the level of transactions it was set in', () => {
    opened.state.transaction(() => {
      const outer = opened.state.savepoint();
      const inner = opened.state.transaction(() => {
        expect(outer.rollback()).toBe(false);
        return opened.state.savepoint();
      });
      expect(inner.rollback()).toBe(false);
      add('a');
      expect(outer.rollback()).toBe(true);
    });
    expect(names()).toEqual([]);
  });

  it('needs a transaction', () => {
    expect(() => opened.state.savepoint()).toThrow('A savepoint needs a transaction.');
  });
});

describe('rows', () => {
  it('are found by their references, in order of creation, whatever happened to them', () => {
    const { records, settings } = opened.state;
    const [a, b] = [add('a'), add('b')];
    const contact = (LastName: string, AccountId: string): string =>
      records.insert('Contact', { LastName, AccountId }, settings.adminUserId).Id;
    const one = contact('one', a);
    const two = contact('two', b);
    const three = contact('three', a);
    const of = (...ids: string[]): unknown[] =>
      records.findAny('Contact', 'AccountId', ids).map((row) => row['LastName']);
    expect(of(a)).toEqual(['one', 'three']);
    records.update('Contact', two, { AccountId: a }, settings.adminUserId);
    expect(of(a)).toEqual(['one', 'two', 'three']);
    expect(of(b)).toEqual([]);
    records.delete('Contact', one);
    expect(of(a, b)).toEqual(['two', 'three']);
    records.undelete('Contact', one);
    expect(of(a)).toEqual(['one', 'two', 'three']);
    expect(records.findAny('Contact', 'Id', [three, two]).map((row) => row['LastName'])).toEqual(['two', 'three']);
    expect(records.get('Contact', one)?.['IsDeleted']).toBeUndefined();
  });
});
