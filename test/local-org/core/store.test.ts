import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openOrgState } from '../../../src/local-org/state/open-org.ts';
import { OrgStoreError } from '../../../src/local-org/store/database.ts';
import { idSuffix, makeId, toId18 } from '../../../src/local-org/store/record-id.ts';

describe('record ids', () => {
  it('carry the checksum that makes them safe where case is lost', () => {
    // Well-known pairs of 15- and 18-character ids.
    expect(idSuffix('001A0000006Vm9r')).toBe('IAC');
    expect(idSuffix('500000000000000')).toBe('AAA');
    expect(toId18('001A0000006Vm9r')).toBe('001A0000006Vm9rIAC');
    expect(toId18('001A0000006Vm9riac')).toBe('001A0000006Vm9rIAC');
  });

  it('are refused when they are none', () => {
    for (const text of ['', 'abc', '001A0000006Vm9rXXX', '001A0000006Vm9r!', '001A0000006Vm9rIACx']) {
      expect(toId18(text), text).toBeUndefined();
    }
  });

  it('count up in base 62', () => {
    expect(makeId('500', 61).slice(0, 15)).toBe('500Lo000000000z');
    expect(makeId('500', 62).slice(0, 15)).toBe('500Lo0000000010');
  });
});

describe('the store', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'local-org-store-'));
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('gives an org back as it was left', () => {
    const first = openOrgState({ dataDir, name: 'Acme' });
    const { organizationId, adminUserId } = first.state.settings;
    const { Id } = first.state.records.insert('Account', { Name: 'Acme' }, adminUserId);
    first.state.components.put({
      type: 'ApexClass',
      fullName: 'Greeter',
      fileName: 'classes/Greeter.cls',
      body: 'class Greeter {}',
      xml: '<ApexClass/>',
      recordId: undefined,
    });
    first.state.documents.put('session', 'a', { user: 'b' });
    first.state.settings.kind = 'production';
    first.close();

    const second = openOrgState({ dataDir, name: 'ignored' });
    expect(second.state.settings).toMatchObject({ organizationId, name: 'Acme', kind: 'production' });
    expect(second.state.records.get('Account', Id.slice(0, 15))).toMatchObject({ Id, Name: 'Acme' });
    expect(second.state.components.get('ApexClass', 'GREETER')?.body).toBe('class Greeter {}');
    expect(second.state.documents.get('session', 'a')).toEqual({ user: 'b' });
    expect(second.state.records.insert('Account', {}, adminUserId).Id).not.toBe(Id);
    second.close();
  });

  it('keeps all of a transaction or none, levels inside included', () => {
    const { state, close } = openOrgState({});
    const insert = (name: string): unknown =>
      state.records.insert('Account', { Name: name }, state.settings.adminUserId);
    const names = (): unknown[] => state.records.all('Account').map((row) => row['Name']);
    const boom = (): never => {
      throw new Error('boom');
    };
    state.transaction(() => {
      insert('kept');
      expect(() => state.transaction(() => [insert('inner'), boom()])).toThrow('boom');
      expect(names()).toEqual(['kept']);
    });
    expect(() => state.transaction(() => [insert('gone'), boom()])).toThrow('boom');
    expect(names()).toEqual(['kept']);
    close();
  });

  it('never gives an id twice, even after a rollback', () => {
    const { state, close } = openOrgState({});
    let rolledBack = '';
    expect(() =>
      state.transaction(() => {
        rolledBack = state.records.insert('Case', {}, state.settings.adminUserId).Id;
        throw new Error('boom');
      }),
    ).toThrow('boom');
    expect(state.records.insert('Case', {}, state.settings.adminUserId).Id).not.toBe(rolledBack);
    close();
  });

  it('refuses a transaction that would wait', () => {
    const { state, close } = openOrgState({});
    expect(() => state.transaction(() => Promise.resolve())).toThrow(/synchronous/);
    close();
  });

  it('does not hand its own rows out to be changed', () => {
    const { state, close } = openOrgState({});
    const record = state.records.insert('Account', { Name: 'Acme' }, state.settings.adminUserId);
    record['Name'] = 'changed behind its back';
    expect(state.records.get('Account', record.Id)?.['Name']).toBe('Acme');
    close();
  });

  it('tells a second process that the directory is in use', () => {
    const first = openOrgState({ dataDir });
    expect(() => openOrgState({ dataDir })).toThrow(OrgStoreError);
    expect(() => openOrgState({ dataDir })).toThrow(/another process is using it/);
    first.close();
    openOrgState({ dataDir }).close();
  });

  it('refuses a store of another version instead of guessing', () => {
    openOrgState({ dataDir }).close();
    const database = new DatabaseSync(join(dataDir, 'org.sqlite'));
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(() => openOrgState({ dataDir })).toThrow(/store version 99/);
  });
});

describe('a new org', () => {
  it('has what a Developer Edition begins with and no more', () => {
    const { state, close } = openOrgState({ now: () => new Date('2026-11-20T12:34:56.789Z') });
    expect(state.records.all('Profile').map((row) => row['Name'])).toEqual([
      'System Administrator',
      'Standard User',
      'Minimum Access - Salesforce',
    ]);
    expect(state.records.all('User')).toHaveLength(1);
    expect(state.records.get('User', state.settings.adminUserId)).toMatchObject({
      IsActive: true,
      CreatedDate: '2026-11-20T12:34:56.000Z',
    });
    expect(state.records.all('CaseStatus').map((row) => row['MasterLabel'])).toEqual([
      'New',
      'Working',
      'Escalated',
      'Closed',
    ]);
    expect(state.records.all('Case')).toEqual([]);
    expect(state.records.all('Group')).toEqual([]);
    expect(state.settings.organizationId).toMatch(/^00D\w{15}$/);
    close();
  });

  it('begins anew on reset, as another organization', () => {
    const opened = openOrgState({ kind: 'sandbox', name: 'Box' });
    const before = opened.state.settings.organizationId;
    opened.state.records.insert('Account', { Name: 'Acme' }, opened.state.settings.adminUserId);
    opened.reset();
    expect(opened.state.records.all('Account')).toEqual([]);
    expect(opened.state.settings).toMatchObject({ kind: 'sandbox', name: 'Box' });
    expect(opened.state.settings.organizationId).not.toBe(before);
    opened.close();
  });
});
