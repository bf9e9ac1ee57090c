import { listOf, textOf } from '../../metadata/elements/metadata-value.ts';
import type { MetadataValue } from '../../metadata/elements/metadata-value.ts';
import { readRows } from '../../records/read-rows.ts';
import { rolledBackCode } from '../../records/save/save-result.ts';
import { saveRecords } from '../../records/save/save-records.ts';
import type { ObjectSchema } from '../../schema/schema.ts';
import { fieldText } from '../../state/field-text.ts';
import type { FieldValue, StoredRecord } from '../../state/record-store.ts';
import { holds, logicHolds } from './flow-conditions.ts';
import { FlowFailure, notUnderstood } from './flow-failure.ts';
import type { FlowElement } from './flow-elements.ts';
import { assign, fieldIn, isRecord, resolve, toField, valueIn } from './flow-values.ts';
import type { FlowRecord, FlowValue, Interview } from './interview.ts';

/** Get Records: keeps what was found under the element's own name, in a variable, or field by field. */
export function lookUp(interview: Interview, { name, value }: FlowElement): void {
  if (listOf(value, 'relatedRecords').length > 0) throw notUnderstood(`recordLookups ${name}: relatedRecords`);
  const object = objectOf(interview, value);
  const found = sorted(matching(interview, object, value), value).map((row): FlowRecord => ({
    fields: row,
    changed: {},
  }));
  const first = found[0] ?? null;
  const result: FlowValue = value['getFirstRecordOnly'] === false ? found : first;
  if (value['storeOutputAutomatically'] === true) interview.values.set(name.toLowerCase(), result);
  const outputs = listOf(value, 'outputAssignments');
  // Variables keep what they held where nothing was found, unless the element says otherwise.
  if (first === null && value['assignNullValuesIfNoRecordsFound'] !== true) return;
  const target = textOf(value, 'outputReference');
  if (target !== undefined) assign(interview, target, result);
  for (const output of outputs) {
    const content = first === null ? null : fieldIn(first.fields, textOf(output, 'field') ?? '');
    assign(interview, textOf(output, 'assignToReference') ?? '', content);
  }
}

/**
 * Update Records: the records of a variable with the fields that the flow gave them, or all that match filters. They are saved
 * as the flow's context has it, without field-level security, and with triggers.
 * @throws FlowFailure with the sentence of the first error
 */
export function update(interview: Interview, element: FlowElement): void {
  const reference = textOf(element.value, 'inputReference');
  const [sobject, records] =
    reference === undefined ? filteredRecords(interview, element) : variableRecords(interview, reference);
  const changed = records.filter(({ values }) => Object.keys(values).length > 0);
  if (changed.length === 0) return;
  const { org, userId } = interview;
  const request = { api: 'data', sobject, operation: 'update', userId, mode: 'system', allOrNone: true } as const;
  const error = saveRecords(org, { ...request, records: changed })
    .flatMap((result) => result.errors)
    .find(({ statusCode }) => statusCode !== rolledBackCode);
  if (error !== undefined) throw new FlowFailure(`${element.name}: ${error.statusCode}: ${error.message}`);
}

interface RecordUpdate {
  readonly id: string;
  readonly values: Record<string, FieldValue>;
}

function filteredRecords(interview: Interview, { name, value }: FlowElement): [string, RecordUpdate[]] {
  if (listOf(value, 'filters').length === 0) throw notUnderstood(`recordUpdates ${name} without filters`);
  const object = objectOf(interview, value);
  const values = Object.fromEntries(
    listOf(value, 'inputAssignments').map((assignment) => [
      textOf(assignment, 'field') ?? '',
      toField(valueIn(assignment, interview)),
    ]),
  );
  return [object.name, matching(interview, object, value).map(({ Id }) => ({ id: Id, values }))];
}

function variableRecords(interview: Interview, reference: string): [string, RecordUpdate[]] {
  const held = resolve(interview, reference);
  const records = isRecord(held) ? [held] : Array.isArray(held) ? (held as readonly FlowRecord[]) : [];
  if (records.length === 0) throw new FlowFailure(`${reference} holds no record to be updated.`);
  const updates = records.map(({ fields, changed }) => {
    const id = fieldText(toField(fieldIn({ ...fields, ...changed }, 'Id')));
    const values = Object.fromEntries(Object.entries(changed).filter(([field]) => field.toLowerCase() !== 'id'));
    return { id, values };
  });
  const object = interview.org.schema().data.objectByKeyPrefix(updates[0]?.id.slice(0, 3) ?? '');
  if (object === undefined) throw new FlowFailure(`${reference} holds a record without an id.`);
  return [object.name, updates];
}

function objectOf({ org }: Interview, value: MetadataValue): ObjectSchema {
  const name = textOf(value, 'object') ?? '';
  const object = org.schema().data.object(name);
  if (object === undefined) throw new FlowFailure(`There is no object ${name}.`);
  return object;
}

function matching(interview: Interview, object: ObjectSchema, value: MetadataValue): StoredRecord[] {
  const filters = listOf(value, 'filters').map((filter) => {
    const name = textOf(filter, 'field') ?? '';
    const field = object.field(name);
    if (field === undefined) throw new FlowFailure(`${object.name} has no field ${name}.`);
    return { field: field.name, operator: textOf(filter, 'operator') ?? '', right: valueIn(filter, interview) };
  });
  const logic = textOf(value, 'filterLogic') ?? 'and';
  const { org, userId } = interview;
  return readRows(org, object, { userId, includeDeleted: false }).filter((row) =>
    logicHolds(
      logic,
      filters.map(
        ({ field, operator, right }) =>
          () =>
            holds({ operator, left: fieldIn(row, field), right }),
      ),
    ),
  );
}

function sorted(rows: StoredRecord[], value: MetadataValue): StoredRecord[] {
  const field = textOf(value, 'sortField');
  if (field === undefined) return rows;
  const sign = textOf(value, 'sortOrder') === 'Desc' ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [left, right] = [fieldText(toField(fieldIn(one, field))), fieldText(toField(fieldIn(other, field)))];
    if (left === right) return 0;
    return left < right ? -sign : sign;
  });
}
