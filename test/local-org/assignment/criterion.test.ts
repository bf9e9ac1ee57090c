import { describe, expect, test } from 'vitest';

import { isCriterionValue, meets, takesOperation } from '../../../src/local-org/assignment/criterion.ts';
import type { FilterOperation } from '../../../src/local-org/assignment/criterion.ts';
import type { FieldSchema } from '../../../src/local-org/schema/schema.ts';
import type { FieldValue } from '../../../src/local-org/state/record-store.ts';

const now = new Date('2026-11-25T12:00:00Z');

const field = (type: string): FieldSchema => ({ type }) as FieldSchema;

/** `Printer contains ink, printer`: what stands in the field, how it is compared, with what. */
function holds(type: string, actual: FieldValue, operation: FilterOperation, value: string): boolean {
  return meets(actual, field(type), operation, value, now);
}

describe('a criterion on text', () => {
  test('knows no case, and takes any of several values', () => {
    expect(holds('picklist', 'Phone', 'equals', 'web, PHONE')).toBe(true);
    expect(holds('picklist', 'Email', 'equals', 'web, PHONE')).toBe(false);
    expect(holds('picklist', 'Email', 'notEqual', 'web, PHONE')).toBe(true);
    expect(holds('string', 'The printer burns', 'contains', 'ink,Printer')).toBe(true);
    expect(holds('string', 'The printer burns', 'notContain', 'ink,Printer')).toBe(false);
    expect(holds('string', 'The printer burns', 'startsWith', 'the p')).toBe(true);
    expect(holds('string', 'b', 'greaterThan', 'A')).toBe(true);
  });

  test('keeps commas within quotation marks', () => {
    expect(holds('string', 'Smith, John', 'equals', '"Smith, John","Doe, Jane"')).toBe(true);
    expect(holds('string', 'Smith', 'equals', '"Smith, John"')).toBe(false);
  });

  test('without a value looks for fields that are empty', () => {
    expect(holds('string', null, 'equals', '')).toBe(true);
    expect(holds('string', 'x', 'equals', '')).toBe(false);
    expect(holds('string', 'x', 'notEqual', '')).toBe(true);
    expect(holds('string', null, 'notEqual', 'x')).toBe(true);
    expect(holds('string', null, 'contains', 'x')).toBe(false);
  });
});

describe('a criterion on other fields', () => {
  test('compares numbers as numbers', () => {
    expect(holds('double', 10, 'greaterThan', '9')).toBe(true);
    expect(holds('double', 9, 'greaterThan', '9')).toBe(false);
    expect(holds('double', 9, 'lessOrEqual', '9')).toBe(true);
    expect(holds('double', 9, 'equals', '9.0')).toBe(true);
    expect(holds('double', 0.1, 'equals', '0.1')).toBe(true);
    expect(holds('double', null, 'lessThan', '9')).toBe(false);
  });

  test('compares checkboxes', () => {
    expect(holds('boolean', true, 'equals', 'True')).toBe(true);
    expect(holds('boolean', false, 'equals', '0')).toBe(true);
    expect(holds('boolean', true, 'notEqual', 'true')).toBe(false);
  });

  test('compares dates with days and with relative dates', () => {
    expect(holds('date', '2026-11-25', 'equals', 'TODAY')).toBe(true);
    expect(holds('datetime', '2026-11-25T23:59:59.000+0000', 'equals', '11/25/2026')).toBe(true);
    expect(holds('datetime', '2026-11-25T23:59:59.000+0000', 'greaterThan', '2026-11-25')).toBe(false);
    expect(holds('date', '2026-11-20', 'greaterOrEqual', 'LAST_N_DAYS:7')).toBe(true);
    expect(holds('date', '2026-11-24', 'lessThan', 'today')).toBe(true);
  });

  test('looks for values of a multi-select picklist: one of them, or with semicolons all', () => {
    expect(holds('multipicklist', 'Red;Green', 'includes', 'Blue,Green')).toBe(true);
    expect(holds('multipicklist', 'Red;Green', 'includes', 'Blue;Green')).toBe(false);
    expect(holds('multipicklist', 'Red;Green', 'excludes', 'Blue')).toBe(true);
  });

  test('compares ids of either length', () => {
    expect(holds('reference', '005000000000001AAA', 'equals', '005000000000001')).toBe(true);
  });

  test('takes the operators of its kind, and values it can read', () => {
    expect(takesOperation(field('picklist'), 'includes')).toBe(false);
    expect(takesOperation(field('boolean'), 'lessThan')).toBe(false);
    expect(takesOperation(field('double'), 'contains')).toBe(false);
    expect(takesOperation(field('location'), 'within')).toBe(false);
    expect(isCriterionValue(field('double'), 'many', now)).toBe(false);
    expect(isCriterionValue(field('date'), 'someday', now)).toBe(false);
    expect(isCriterionValue(field('date'), '', now)).toBe(true);
  });
});
