import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Run } from '../../../../src/local-org/apex/run/run.ts';
import { apexOf } from '../../../../src/local-org/apex/runtime.ts';
import { readField, writeField } from '../../../../src/local-org/apex/values/records/sobject-access.ts';
import { SObject } from '../../../../src/local-org/apex/values/records/sobject.ts';
import {
  recordOfStored,
  sobjectTypeFor,
  storedForm,
  valueOfField,
} from '../../../../src/local-org/apex/values/records/stored-record.ts';
import { textOf } from '../../../../src/local-org/apex/values/text.ts';
import type { ObjectSchema } from '../../../../src/local-org/schema/schema.ts';
import { openOrgState } from '../../../../src/local-org/state/open-org.ts';
import type { OpenedOrg } from '../../../../src/local-org/state/open-org.ts';

let org: OpenedOrg;
let run: Run;

beforeEach(async () => {
  org = openOrgState({ now: () => new Date('2026-01-02T03:04:05.678Z') });
  const apex = apexOf(org.state);
  await apex.ready();
  run = apex.newTransaction('anonymous', org.state.settings.adminUserId);
});

afterEach(() => {
  org.close();
});

function object(name: string): ObjectSchema {
  const found = org.state.schema().data.object(name);
  if (found === undefined) throw new Error(`The schema lacks ${name}.`);
  return found;
}

function typed(objectName: string, field: string, stored: Parameters<typeof valueOfField>[1]): string {
  const schema = object(objectName).field(field);
  if (schema === undefined) throw new Error(`The schema lacks ${objectName}.${field}.`);
  const value = valueOfField(schema, stored);
  const kind = value !== null && typeof value === 'object' ? value.type.name : typeof value;
  return `${kind} ${textOf(run, value)}`;
}

describe('a stored row as a record', () => {
  it('has its values in the types of Apex', () => {
    expect(typed('Account', 'AnnualRevenue', 1000.5)).toBe('Decimal 1000.5');
    expect(typed('Account', 'NumberOfEmployees', 7)).toBe('number 7');
    expect(typed('Contact', 'Birthdate', '1970-01-02')).toBe('Date 1970-01-02 00:00:00');
    expect(typed('Case', 'CreatedDate', '2026-01-02T03:04:05.000Z')).toBe('Datetime 2026-01-02 03:04:05');
    expect(typed('Attachment', 'Body', 'aGk=')).toBe('Blob Blob[2]');
    expect(typed('Case', 'IsClosed', true)).toBe('boolean true');
    expect(typed('Case', 'Subject', 'Help')).toBe('string Help');
  });

  it('reads null fields of a query as null, and shows what the row holds', () => {
    const row = org.state.records.insert('Case', { Subject: 'Help' }, run.userId);
    const record = recordOfStored(object('Case'), row, 'queried');
    expect(readField(run, record, 'Description')).toBeNull();
    expect(readField(run, record, 'subject')).toBe('Help');
    expect(readField(run, record, 'IsEscalated')).toBe(false);
    expect(readField(run, record, 'Id')).toBe(row.Id);
  });
});

describe('a record as the store keeps it', () => {
  it('is the same after it was read and written', () => {
    const values = { LastName: 'Ray', Birthdate: '1970-01-02', Email: 'ray@example.com' };
    const row = org.state.records.insert('Contact', values, run.userId);
    const stored = storedForm(run, recordOfStored(object('Contact'), row, 'trigger'));
    expect(stored).toMatchObject({ ...values, Id: row.Id, CreatedDate: '2026-01-02T03:04:05.000Z' });
  });

  it('has scalar fields alone, in their short forms', () => {
    const account = new SObject(sobjectTypeFor(object('Account')));
    writeField(run, account, 'annualRevenue', 12);
    const contact = new SObject(sobjectTypeFor(object('Contact')));
    writeField(run, contact, 'LastName', 'Ray');
    writeField(run, contact, 'Account', account);
    expect(storedForm(run, contact)).toEqual({ LastName: 'Ray' });
    expect(storedForm(run, account)).toEqual({ AnnualRevenue: 12 });
  });
});
